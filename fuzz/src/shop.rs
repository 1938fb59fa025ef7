//! A server in this process, and a shop on it for each input.

use std::cell::RefCell;

use paydesk_testing::{Client, TestApp};
use paydesk_wire::versions::ApiVersion;
use tokio::runtime::{Builder, Runtime};

/// After so many inputs the server starts anew, so that what they left does not fill the memory.
const INPUTS_MAX: u32 = 5_000;

struct Server {
    runtime: Runtime,
    app: TestApp,
    inputs: u32,
}

/// A sandbox of its own, with a session of two lines.
pub(crate) struct Shop {
    pub(crate) client: Client,
    /// What an input calls an id, and the id.
    names: Vec<(&'static str, String)>,
}

thread_local! {
    static SERVER: RefCell<Option<Server>> = const { RefCell::new(None) };
}

/// Tries something on a new shop.
pub(crate) fn visit(visitor: impl AsyncFnOnce(Shop)) {
    SERVER.with_borrow_mut(|server| {
        if server.as_ref().is_some_and(|server| server.inputs >= INPUTS_MAX) {
            *server = None;
        }
        let server = server.get_or_insert_with(Server::new);
        server.inputs += 1;
        let key = format!("sk_test_fuzz_{}", server.inputs);
        server.runtime.block_on(async { visitor(Shop::open(&server.app, &key).await).await });
    });
}

impl Server {
    fn new() -> Self {
        let runtime = Builder::new_current_thread().enable_all().build();
        Self { runtime: runtime.expect("a runtime"), app: TestApp::new(), inputs: 0 }
    }
}

impl Shop {
    async fn open(app: &TestApp, key: &str) -> Self {
        let client = app.with_key(key).with_header("Stripe-Version", ApiVersion::NEWEST);
        let (tea, rare) = (client.price("Tea", 350).await, client.price("Rare", 999_999).await);
        let session = client.session(&[(&tea, 2), (&rare, 1)]).await;
        let product = client.get(&format!("/v1/prices/{tea}")).await.string("/product");
        let coupon = client.post("/v1/coupons", &[("percent_off", "5")]).await.id();
        let mut lines = session.lines.into_iter();
        let mut line = || lines.next().expect("a session of two lines");
        let names = vec![
            ("SESSION", session.id),
            ("LINE0", line()),
            ("LINE1", line()),
            ("PRICE0", tea),
            ("PRICE1", rare),
            ("PRODUCT", product),
            ("COUPON", coupon),
        ];
        Self { client, names }
    }

    /// The path of its session.
    pub(crate) fn session(&self) -> String {
        String::from_utf8(self.fill(b"/v1/checkout/sessions/SESSION")).expect("it was text before")
    }

    /// The input with ids in place of the names that stand for them.
    pub(crate) fn fill(&self, mut input: &[u8]) -> Vec<u8> {
        let mut filled = Vec::with_capacity(input.len());
        while let Some((first, rest)) = input.split_first() {
            let name = self.names.iter().find(|(name, _)| input.starts_with(name.as_bytes()));
            if let Some((name, id)) = name {
                filled.extend_from_slice(id.as_bytes());
                input = &input[name.len()..];
            } else {
                filled.push(*first);
                input = rest;
            }
        }
        filled
    }
}
