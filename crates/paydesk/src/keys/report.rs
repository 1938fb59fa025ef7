//! What `paydesk keys` says, for people and for programs.

use paydesk_app::{ListedApiKey, MadeApiKey};
use paydesk_domain::api_key::{Access, ApiKey, KeyRights, Permission, Resource};
use paydesk_domain::time::Timestamp;
use serde_json::{Value, json};

/// The sentences beside a key that was just made.
pub(super) fn made(made: &MadeApiKey) -> String {
    let MadeApiKey { key, sandbox, .. } = made;
    let mode = if key.livemode { "live" } else { "test" };
    let account = match (&sandbox.display_name, &sandbox.parent) {
        (Some(name), Some(parent)) => format!("{} ({name}, below {parent})", sandbox.account),
        (None, Some(parent)) => format!("{} (below {parent})", sandbox.account),
        (_, None) => sandbox.account.to_string(),
    };
    format!(
        "This key is shown only now; Paydesk keeps no more than its hash.\n\
         It is a {} key of {mode} mode for {account}. To revoke it: paydesk keys revoke {}",
        kind(&key.rights),
        key.id
    )
}

/// The same as JSON, with the key.
pub(super) fn made_as_json(made: &MadeApiKey) -> String {
    let mut value = as_json(&made.key, Some(made.sandbox.account.as_str()));
    value["key"] = made.text.as_str().into();
    pretty(&value)
}

/// What revoking a key did.
pub(super) fn revoked(before: &ApiKey, revoked: &ApiKey) -> String {
    let (id, shown) = (&revoked.id, revoked.shown());
    match before.revoked {
        Some(at) => format!("{id} ({shown}) was revoked before, at {}.", date(at)),
        None => format!(
            "{id} ({shown}) is revoked: requests with it are refused, by a running server within \
             a second."
        ),
    }
}

/// Every key as JSON.
pub(super) fn list_as_json(keys: &[ListedApiKey]) -> String {
    let account = |listed: &ListedApiKey| listed.account.as_ref().map(ToString::to_string);
    let keys = keys.iter().map(|listed| as_json(&listed.key, account(listed).as_deref()));
    pretty(&Value::Array(keys.collect()))
}

/// Every key in a table.
pub(super) fn list_as_table(keys: &[ListedApiKey]) -> String {
    if keys.is_empty() {
        return "No key was made yet; `paydesk keys create` makes one.".to_owned();
    }
    let head = ["ID", "KEY", "ACCOUNT", "CREATED", "STATE", "NAME", "MAY"].map(str::to_owned);
    let rows = keys.iter().map(|ListedApiKey { key, account }| {
        [
            key.id.to_string(),
            key.shown(),
            account.as_ref().map_or_else(|| "-".to_owned(), ToString::to_string),
            date(key.created),
            key.revoked.map_or_else(|| "active".to_owned(), |at| format!("revoked {}", date(at))),
            key.name.clone().unwrap_or_else(|| "-".to_owned()),
            allowed(&key.rights),
        ]
    });
    let rows: Vec<[String; 7]> = std::iter::once(head).chain(rows).collect();
    let width = |column: usize| rows.iter().map(|row| row[column].chars().count()).max();
    let widths: [usize; 7] = std::array::from_fn(|column| width(column).unwrap_or_default());
    let line = |row: &[String; 7]| {
        let cells = row.iter().zip(widths).map(|(cell, width)| format!("{cell:width$}"));
        cells.collect::<Vec<String>>().join("  ").trim_end().to_owned()
    };
    rows.iter().map(line).collect::<Vec<String>>().join("\n")
}

fn as_json(key: &ApiKey, account: Option<&str>) -> Value {
    json!({
        "id": key.id.as_str(),
        "account": account,
        "created": key.created.as_seconds(),
        "kind": kind(&key.rights),
        "last_four": key.last_four,
        "livemode": key.livemode,
        "name": key.name,
        "permissions": permissions(&key.rights),
        "prefix": key.rights.prefix(key.livemode),
        "revoked": key.revoked.map(Timestamp::as_seconds),
    })
}

fn pretty(value: &Value) -> String {
    format!("{value:#}")
}

const fn kind(rights: &KeyRights) -> &'static str {
    match rights {
        KeyRights::Secret => "secret",
        KeyRights::Publishable => "publishable",
        KeyRights::Restricted(_) => "restricted",
    }
}

fn permissions(rights: &KeyRights) -> Option<Vec<String>> {
    let KeyRights::Restricted(permissions) = rights else { return None };
    let text = |Permission { resource, access }: &Permission| {
        format!("{}:{}", resource.name(), access.name())
    };
    Some(permissions.iter().map(text).collect())
}

/// What a key may do, in few words.
fn allowed(rights: &KeyRights) -> String {
    let KeyRights::Restricted(listed) = rights else {
        return if *rights == KeyRights::Secret { "everything" } else { "what browsers may" }
            .to_owned();
    };
    for access in [Access::Write, Access::Read] {
        let all = Resource::ALL.iter().map(|resource| Permission { resource: *resource, access });
        if all.eq(listed.iter().copied()) {
            return format!("all:{}", access.name());
        }
    }
    permissions(rights).unwrap_or_default().join(" ")
}

/// A time as a date of the Gregorian calendar in UTC: `2026-11-25 04:12`.
fn date(at: Timestamp) -> String {
    let seconds = at.as_seconds();
    let (days, minutes) = (seconds.div_euclid(86_400), seconds.rem_euclid(86_400) / 60);
    // Years are counted from March, so that a leap day is the last of its year, in eras of 400
    // years, which all have the same number of days.
    let days = days + 719_468;
    let (era, day_of_era) = (days.div_euclid(146_097), days.rem_euclid(146_097));
    let year_of_era =
        (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month + 2) / 5 + 1;
    let (month, next) = if month < 10 { (month + 3, 0) } else { (month - 9, 1) };
    let year = era * 400 + year_of_era + next;
    format!("{year:04}-{month:02}-{day:02} {:02}:{:02}", minutes / 60, minutes % 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_is_of_the_calendar() {
        for (seconds, expected) in [
            (0, "1970-01-01 00:00"),
            (951_782_340, "2000-02-28 23:59"),
            (951_782_400, "2000-02-29 00:00"),
            (1_795_579_920, "2026-11-25 04:12"),
            (4_107_542_400, "2100-03-01 00:00"),
        ] {
            assert_eq!(date(Timestamp::from_seconds(seconds)), expected);
        }
    }

    #[test]
    fn all_of_one_access_is_said_in_two_words() {
        let permission = |resource: &Resource, access| Permission { resource: *resource, access };
        let all = Resource::ALL.iter().map(|resource| permission(resource, Access::Read));
        assert_eq!(allowed(&KeyRights::Restricted(all.collect())), "all:read");
        let some = vec![
            permission(&Resource::Price, Access::Read),
            permission(&Resource::CheckoutSession, Access::Write),
        ];
        assert_eq!(allowed(&KeyRights::Restricted(some)), "price:read checkout_session:write");
    }
}
