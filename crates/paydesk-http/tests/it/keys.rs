//! Made keys: every operation asked with every kind of them, in both modes and for other accounts.

use std::time::Duration;

use axum::http::Method;
use paydesk_app::{KeyAccount, NewApiKey};
use paydesk_domain::api_key::{Access, KeyRights, Permission, Resource};
use paydesk_testing::{Client, TestApp};
use paydesk_wire::Operation;
use serde_json::Value;

use crate::endpoints::{Objects, ask, required};
use crate::support::shown;

/// A secret key of test mode for the server's own account.
fn secret() -> NewApiKey {
    NewApiKey { account: KeyAccount::Own, livemode: false, rights: KeyRights::Secret, name: None }
}

fn live() -> NewApiKey {
    NewApiKey { livemode: true, ..secret() }
}

/// A key with these permissions and no other.
fn restricted(permissions: &[Permission]) -> NewApiKey {
    NewApiKey { rights: KeyRights::Restricted(permissions.to_vec()), ..secret() }
}

/// A key with every permission but this one, and those that would give it too.
fn restricted_without(missing: Permission) -> NewApiKey {
    let everything = Resource::ALL.iter().flat_map(|resource| {
        [Access::Read, Access::Write].map(|access| Permission { resource: *resource, access })
    });
    let gives = |permission: &Permission| {
        permission.resource == missing.resource && permission.access >= missing.access
    };
    restricted(&everything.filter(|permission| !gives(permission)).collect::<Vec<_>>())
}

async fn client(app: &TestApp, new: NewApiKey) -> Client {
    app.with_key(app.create_key(new).await.text.as_str())
}

#[tokio::test]
async fn every_operation_refuses_keys_that_must_not_do_it() {
    for app in [TestApp::new(), TestApp::with_closed_sandboxes()] {
        let shop = client(&app, secret()).await;
        let objects = Objects::of(&shop).await;
        let publishable = NewApiKey { rights: KeyRights::Publishable, ..secret() };
        let publishable = client(&app, publishable).await;
        let revoked = app.create_key(secret()).await;
        app.revoke_key(&revoked.key.id).await;
        let revoked = app.with_key(revoked.text.as_str());
        let nobodys = ["sk_live_nobody_made_it", "rk_test_nobody_made_it", "nonsense"];
        for operation in Operation::ALL.iter().copied() {
            let path = objects.path(operation);
            let wanted = operation.permission();
            let without = client(&app, restricted_without(wanted)).await;
            let cases = [
                (app.without_key(), "401 - -"),
                (publishable.client(), "403 secret_key_required -"),
                (revoked.client(), "401 api_key_expired -"),
                (without, "403 more_permissions_required -"),
            ];
            let nobodys = nobodys.map(|key| (app.with_key(key), "401 - -"));
            for (client, expected) in cases.into_iter().chain(nobodys) {
                let answer = ask(&client, operation, &path, "").await;
                assert_eq!(answer.error(), expected, "{operation:?}");
                if expected.contains("more_permissions") {
                    let (resource, access) = (wanted.resource.name(), wanted.access.name());
                    let named = format!("'rak_{resource}_{access}'");
                    assert!(answer.string("/error/message").contains(&named), "{operation:?}");
                }
            }
        }
    }
}

#[tokio::test]
async fn every_operation_is_let_in_with_the_permission_it_needs() {
    for operation in Operation::ALL.iter().copied() {
        // Some of them leave nothing for the next.
        let app = TestApp::with_closed_sandboxes();
        let shop = client(&app, secret()).await;
        let path = match operation.permission().resource {
            Resource::Sandbox => operation.path().replace("{id}", "current"),
            _ => Objects::of(&shop).await.path(operation),
        };
        let with = client(&app, restricted(&[operation.permission()])).await;
        let answer = ask(&with, operation, &path, "").await;
        assert!(![401, 403, 404].contains(&answer.status), "{operation:?}: {}", answer.text());
    }
}

#[tokio::test]
async fn every_operation_sees_the_objects_of_its_account_and_mode_only() {
    let app = TestApp::with_closed_sandboxes();
    let [test, live] = [client(&app, secret()).await, client(&app, live()).await];
    let own = app.create_key(secret()).await.sandbox.account;
    let below = KeyAccount::NewBelow { parent: own, display_name: None };
    let other = client(&app, NewApiKey { account: below, ..secret() }).await;
    let of_test = Objects::of(&test).await;
    let of_live = Objects::of(&live).await;
    for operation in Operation::ALL.iter().copied() {
        if !operation.path().contains("{id}") || is_about_worlds(operation) {
            continue;
        }
        let answer = ask(&other, operation, &of_test.path(operation), required(operation)).await;
        assert_eq!(answer.status, 404, "{operation:?}");
        assert!(!answer.text().contains("similar"), "{operation:?}");
        for (client, objects, text) in [
            (&test, &of_live, "exists in live mode, but a test mode key was used"),
            (&live, &of_test, "exists in test mode, but a live mode key was used"),
        ] {
            let answer =
                ask(client, operation, &objects.path(operation), required(operation)).await;
            assert_eq!(answer.status, 404, "{operation:?}");
            let message = answer.string("/error/message");
            assert!(message.contains(text), "{operation:?}: {message}");
        }
    }
}

/// Accounts and sandboxes are no objects of one world: who may see them is another rule.
fn is_about_worlds(operation: Operation) -> bool {
    matches!(operation.permission().resource, Resource::Account | Resource::Sandbox)
}

#[tokio::test]
async fn a_parameter_that_names_an_object_of_the_other_mode_says_so() {
    let app = TestApp::new();
    let [test, live] = [client(&app, secret()).await, client(&app, live()).await];
    let price = live.price("Tea", 500).await;
    let form = [
        ("mode", "payment"),
        ("ui_mode", "elements"),
        ("return_url", "https://shop.example/done"),
        ("line_items[0][price]", &price),
        ("line_items[0][quantity]", "1"),
    ];
    let answer = test.post("/v1/checkout/sessions", &form).await;
    assert_eq!(answer.error(), "400 resource_missing line_items[0][price]");
    let expected = format!(
        "No such price: '{price}'; a similar object exists in live mode, but a test mode key was \
         used to make this request."
    );
    assert_eq!(answer.string("/error/message"), expected);
}

/// What is answered is checked for its `livemode` wherever a client receives it.
#[tokio::test]
async fn every_answer_of_live_mode_says_so() {
    let app = TestApp::new();
    let live = client(&app, live()).await;
    let objects = Objects::of(&live).await;
    let mut marked = 0;
    for operation in Operation::ALL.iter().copied() {
        let is_of_sandboxes = operation.permission().resource == Resource::Sandbox;
        if operation.method() == Method::GET && !is_of_sandboxes {
            let answer =
                ask(&live, operation, &objects.path(operation), required(operation)).await.ok();
            marked += answer.text().matches("\"livemode\": true").count();
        }
    }
    assert!(marked > 10, "{marked}");
    assert!(objects.session().starts_with("cs_live_"), "{}", objects.session());
}

#[tokio::test]
async fn live_mode_has_the_wall_clock() {
    let app = TestApp::new();
    let live = client(&app, live()).await;
    for answer in [
        live.get("/paydesk/v1/clock").await,
        live.post("/paydesk/v1/clock", &[("advance", "60")]).await,
    ] {
        assert_eq!(answer.error(), "400 - -");
        assert!(answer.string("/error/message").contains("live mode"));
    }
}

#[tokio::test]
async fn a_made_key_of_test_mode_opens_its_account_where_sandboxes_are_open_too() {
    let app = TestApp::new();
    let one = client(&app, secret()).await;
    let other = client(&app, secret()).await;
    let tea = one.product("Tea").await;
    assert_eq!(other.get("/v1/products").await.ok().ids(), [tea]);
    assert_eq!(app.get("/v1/products").await.ok().ids(), [""; 0]);
}

/// The other server shares the store and nothing else, as a process beside this one does.
#[tokio::test(start_paused = true)]
async fn a_key_revoked_by_another_process_is_refused_within_a_second() {
    let app = TestApp::new();
    let beside = app.beside();
    let made = app.create_key(secret()).await;
    let shop = app.with_key(made.text.as_str());
    shop.get("/v1/products").await.ok();
    beside.revoke_key(&made.key.id).await;
    tokio::time::advance(Duration::from_secs(1)).await;
    assert_eq!(shop.get("/v1/products").await.error(), "401 api_key_expired -");

    let late = beside.create_key(secret()).await;
    app.with_key(late.text.as_str()).get("/v1/products").await.ok();
}

#[tokio::test]
async fn a_key_acts_for_the_accounts_below_its_own() {
    let app = TestApp::new();
    let above = app.create_key(secret()).await;
    let own = above.sandbox.account.clone();
    let below = KeyAccount::NewBelow { parent: own.clone(), display_name: None };
    let below = app.create_key(NewApiKey { account: below, ..secret() }).await;
    let branch = below.sandbox.account.as_str().to_owned();
    let above = app.with_key(above.text.as_str());
    let below = app.with_key(below.text.as_str());

    for header in ["Stripe-Account", "Stripe-Context"] {
        let acting = above.with_header(header, &branch);
        let made = acting.with_header("Idempotency-Key", header);
        let made = made.post("/v1/products", &[("name", header)]).await.ok();
        assert_eq!(made.header("stripe-account"), Some(&*branch));
        below.get(&format!("/v1/products/{}", made.id())).await.ok();
        // An idempotency key is the sub-account's: above, the same one is new.
        let again = above.with_header("Idempotency-Key", header);
        let again = again.post("/v1/products", &[("name", header)]).await.ok();
        assert_eq!(again.header("idempotent-replayed"), None);
        assert_eq!(again.header("stripe-account"), None);
    }
    let event = above.with_header("Stripe-Account", &branch).get("/v1/events?limit=1").await.ok();
    assert_eq!(event.value("/data/0/account"), Value::from(&*branch));
    assert_eq!(above.get("/v1/events?limit=1").await.ok().value("/data/0/account"), Value::Null);

    // Naming its own account changes nothing; any other is refused, the one above too.
    above.with_header("Stripe-Account", own.as_str()).get("/v1/products").await.ok();
    for (client, named) in
        [(&above, "acct_none"), (&below, own.as_str()), (&app.client(), &*branch)]
    {
        let answer = client.with_header("Stripe-Account", named).get("/v1/products").await;
        assert_eq!(answer.error(), "403 account_invalid -", "{named}");
        let message = answer.string("/error/message");
        assert!(message.contains(named) && message.contains('*'), "{message}");
    }
}

#[tokio::test]
async fn a_key_of_live_mode_acts_in_live_mode_only() {
    let app = TestApp::new();
    let above = app.create_key(live()).await;
    let below = KeyAccount::NewBelow {
        parent: above.sandbox.account.clone(),
        display_name: Some("Branch".to_owned()),
    };
    let below = app.create_key(NewApiKey { account: below, ..secret() }).await;
    let acting = app.with_key(above.text.as_str());
    let acting = acting.with_header("Stripe-Account", below.sandbox.account.as_str());
    acting.product("Tea").await;
    let test = app.with_key(below.text.as_str());
    assert_eq!(test.get("/v1/products").await.ok().ids(), [""; 0]);
}

#[tokio::test]
async fn an_account_is_seen_by_its_own_keys_and_by_those_above_it() {
    let app = TestApp::new();
    let above = app.create_key(secret()).await;
    let own = above.sandbox.account.clone();
    let branch =
        KeyAccount::NewBelow { parent: own.clone(), display_name: Some("Branch".to_owned()) };
    let below = app.create_key(NewApiKey { account: branch, ..live() }).await;
    let branch = below.sandbox.account.as_str();
    let above = app.with_key(above.text.as_str());
    let below = app.with_key(below.text.as_str());

    assert_eq!(above.get("/v1/account").await.ok().id(), own.as_str());
    assert_eq!(below.get("/v1/account").await.ok().id(), branch);
    let named = above.get(&format!("/v1/accounts/{branch}")).await.ok();
    assert_eq!(named.string("/settings/dashboard/display_name"), "Branch");
    let acting = above.with_header("Stripe-Account", branch).get("/v1/account").await.ok();
    assert_eq!(acting.json(), named.json());
    for (client, named) in [(&below, own.as_str()), (&above, "acct_none"), (&app.client(), branch)]
    {
        let answer = client.get(&format!("/v1/accounts/{named}")).await;
        assert_eq!(answer.error(), "403 account_invalid -", "{named}");
    }
    insta::assert_snapshot!(shown(&named));
}

#[tokio::test]
async fn an_import_is_no_way_around_the_permissions_of_a_restricted_key() {
    let app = TestApp::with_closed_sandboxes();
    let write = |resource| Permission { resource, access: Access::Write };
    let key = restricted(&[write(Resource::Sandbox), write(Resource::Product)]);
    let key = client(&app, key).await;
    let import = async |file: &'static str| {
        key.post_body("/paydesk/v1/import", "application/json", file.into()).await
    };
    import(r#"{"products": [{"id": "prod_tea", "name": "Tea"}]}"#).await.ok();
    let endpoint = r#"{
        "products": [{"id": "prod_coffee", "name": "Coffee"}],
        "webhook_endpoints": [
            {"id": "we_1", "url": "https://evil.example", "enabled_events": ["*"]}
        ]
    }"#;
    let refused = import(endpoint).await;
    assert_eq!(refused.error(), "403 more_permissions_required -");
    assert!(refused.string("/error/message").contains("'rak_webhook_endpoint_write'"));
    let shop = client(&app, secret()).await;
    assert_eq!(shop.get("/v1/products").await.ok().ids(), ["prod_tea"]);
}
