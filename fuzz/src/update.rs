//! `POST /v1/checkout/sessions/:id`, from bytes to the decision and its answer.

use bytes::Bytes;

use crate::message::Message;
use crate::shop;

const FORM: &str = "application/x-www-form-urlencoded";

/// Headers, an empty line and a body: the session's shop sends them. The answer is a decision or a
/// Stripe-shaped error (the test client checks that, and the sums of every session it sees); after
/// a refusal nothing has changed, after a change everybody sees what was answered.
pub(crate) fn run(input: &[u8]) {
    shop::visit(async |shop| {
        let path = shop.session();
        let cart = format!("{path}?expand[0]=line_items");
        let message = Message::parse(input);
        let body = Bytes::from(shop.fill(message.body));
        let before = shop.client.get(&cart).await.ok();
        let answer = message.headers_on(&shop.client).post_body(&path, FORM, body).await;
        let after = shop.client.get(&cart).await.ok();
        let revision = |response: &paydesk_testing::Response| {
            response.header("paydesk-revision").map(str::to_owned)
        };
        if answer.status == 200 {
            assert_eq!(revision(&answer), revision(&after), "{}", answer.text());
            assert_eq!(answer.value("/amount_total"), after.value("/amount_total"));
            assert_eq!(answer.value("/metadata"), after.value("/metadata"));
        } else {
            assert_eq!(before.text(), after.text(), "refused with {}", answer.text());
        }
    });
}
