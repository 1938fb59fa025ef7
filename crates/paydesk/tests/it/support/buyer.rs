//! A buyer whose cart changes until the server goes away, and who remembers every answer.

use std::net::SocketAddr;
use std::sync::mpsc::Sender;

use serde_json::Value;

use super::cart::{self, Cart};
use super::http::{Answer, Client, Request};
use super::random::Random;
use super::shop::{self, Article};

/// One buyer, one session, one connection at a time.
pub(crate) struct Buyer {
    key: String,
    articles: Vec<Article>,
    session: String,
    random: Random,
    sent: u64,
    /// The last answer, about the session as it was then.
    latest: Acknowledged,
    /// The answers since the server was last checked.
    acknowledged: Vec<Acknowledged>,
    /// The change that was under way when the server went away.
    in_flight: Option<Change>,
}

/// A request that changes the cart, and what it changes it to.
struct Change {
    request: Request,
    cart: Cart,
}

/// A change that the server said it had made.
#[derive(Clone)]
struct Acknowledged {
    request: Request,
    cart: Cart,
    request_id: String,
    revision: u64,
    body: Vec<u8>,
    session: Value,
}

/// What had become of the change that was under way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum InFlight {
    /// There was none.
    None,
    /// It had been made; only its answer was lost.
    Made,
    /// It had not been made.
    NotMade,
}

impl Buyer {
    /// Opens a session. Two buyers share a sandbox where their keys are the same.
    pub(crate) fn new(address: SocketAddr, key: &str, name: &str, seed: u64) -> Self {
        let mut client = Client::connect(address, key);
        let articles = shop::add_articles(&mut client);
        let article = &articles[0];
        let request = shop::open_session(&article.price).idempotent(&format!("{name}-0"));
        let answer = client.ok(&request);
        let latest = Acknowledged::new(request, Cart::of_one(article), answer);
        Self {
            key: key.to_owned(),
            session: shop::text(&latest.session["id"]),
            random: Random::new(seed),
            sent: 0,
            acknowledged: vec![latest.clone()],
            latest,
            in_flight: None,
            articles,
        }
    }

    /// Changes the cart again and again, and tells of each answer, until the server goes away.
    pub(crate) fn shop(&mut self, address: SocketAddr, answered: &Sender<()>) {
        let Ok(mut client) = Client::try_connect(address, &self.key) else {
            return;
        };
        loop {
            let Change { request, cart } = self.next_change();
            match client.try_send(&request) {
                Ok(answer) => {
                    self.acknowledge(Acknowledged::new(request, cart, answer));
                    let _ = answered.send(());
                }
                Err(_) => {
                    self.in_flight = Some(Change { request, cart });
                    return;
                }
            }
        }
    }

    /// Expects that everything that was acknowledged is there, and of what was not, all or nothing.
    /// The change that was under way is sent again, as a client would.
    pub(crate) fn check(&mut self, address: SocketAddr) -> InFlight {
        let mut client = Client::connect(address, &self.key);
        let path = shop::session_path(&self.session) + "?expand[]=line_items";
        let found = client.get(&path);
        let more = found.revision().checked_sub(self.latest.revision);
        let in_flight = match (more, &self.in_flight) {
            (None, _) => panic!("revision {} was lost", self.latest.revision),
            (Some(0), None) => InFlight::None,
            (Some(0), Some(_)) => InFlight::NotMade,
            (Some(1), Some(_)) => InFlight::Made,
            (Some(more), _) => panic!("{more} changes are there that nobody made"),
        };
        if in_flight == InFlight::Made {
            // The expectation moves on to the change that was under way.
            let (is_stored, answer) = self.send_again(&mut client);
            assert!(is_stored, "what was made is not made again");
            self.acknowledge(answer);
        }
        assert_eq!(found.revision(), self.latest.revision);
        assert_eq!(found.text(), text(&self.latest.body), "the session as acknowledged");
        self.latest.cart.assert_is_in(&found.json(), &self.articles);
        for known in self.acknowledged.drain(..) {
            known.assert_replayed(&client.ok(&known.request));
        }
        if in_flight == InFlight::NotMade {
            let (is_stored, answer) = self.send_again(&mut client);
            assert!(!is_stored, "what was not made has no stored answer");
            self.acknowledge(answer);
        }
        in_flight
    }

    /// The ids of the requests that were acknowledged since the server was last checked, in order.
    pub(crate) fn acknowledged(&self) -> impl Iterator<Item = &str> {
        self.acknowledged.iter().map(|known| known.request_id.as_str())
    }

    /// How many of the changes acknowledged since the last check are there, with their stored
    /// answers.
    ///
    /// # Errors
    /// When the session is not as it was after any of them.
    pub(crate) fn count_made(&self, address: SocketAddr) -> Result<usize, String> {
        let mut client = Client::connect(address, &self.key);
        let path = shop::session_path(&self.session) + "?expand[]=line_items";
        let found = client.send(&Request::get(&path));
        if found.status == 404 {
            return Ok(0);
        }
        let index = self.acknowledged.iter().position(|known| known.body == found.body);
        let index = index.ok_or_else(|| format!("never acknowledged: {}", found.text()))?;
        let known = &self.acknowledged[index];
        let again = client.send(&known.request);
        if again.is_replayed() && again.body == known.body {
            Ok(index + 1)
        } else {
            Err(format!("a change without its stored answer: {}", again.text()))
        }
    }

    fn next_change(&mut self) -> Change {
        let session = &self.latest.session;
        let (form, cart) = cart::change(session, &self.articles, &mut self.random);
        let form: Vec<(&str, &str)> = form.iter().map(|(k, v)| (&k[..], &v[..])).collect();
        self.sent += 1;
        let request = Request::post(&shop::session_path(&self.session), &form)
            .idempotent(&format!("{}-{}", self.session, self.sent));
        Change { request, cart }
    }

    /// Sends the change that was under way; returns whether its answer was a stored one.
    fn send_again(&mut self, client: &mut Client) -> (bool, Acknowledged) {
        let Change { request, cart } = self.in_flight.take().expect("a change was under way");
        let answer = client.ok(&request);
        (answer.is_replayed(), Acknowledged::new(request, cart, answer))
    }

    fn acknowledge(&mut self, acknowledged: Acknowledged) {
        assert_eq!(
            acknowledged.revision,
            self.latest.revision + 1,
            "each change raises the revision by one"
        );
        acknowledged.cart.assert_is_in(&acknowledged.session, &self.articles);
        self.latest = acknowledged.clone();
        self.acknowledged.push(acknowledged);
    }
}

impl Acknowledged {
    fn new(request: Request, cart: Cart, answer: Answer) -> Self {
        assert_eq!(answer.status, 200, "{request:?} got {}", answer.text());
        Self {
            request,
            cart,
            request_id: answer.header("request-id").expect("answers have one").to_owned(),
            revision: answer.revision(),
            session: answer.json(),
            body: answer.body,
        }
    }

    fn assert_replayed(&self, answer: &Answer) {
        assert!(answer.is_replayed(), "{:?} was made again", self.request);
        assert_eq!(answer.revision(), self.revision);
        assert_eq!(answer.text(), text(&self.body), "the stored answer");
    }
}

fn text(body: &[u8]) -> String {
    String::from_utf8_lossy(body).into_owned()
}
