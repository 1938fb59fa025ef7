//! Carts as text tables that a shopkeeper could check, and properties over all of them.
//!
//! A file of `testdata` holds cases, each a title and rows. Lines of a cart are called `A`, `B`, …
//! in the order in which they were created, wherever they stand:
//!
//! ```text
//! price coffee 350 usd           a Price; `/month` makes it recurring, `off` archives it
//! price seats 5:700,inf:600+90 usd volume    tiers: bound, unit amount and flat amount of each
//! price tip choose:500 usd       the buyer chooses the amount; the preset is 500
//! tax texas 8.25                 a tax rate; `inclusive` when it is inside, `off` archives it
//! coupon tenth 10%               a Coupon; `500usd`, `of-coffee` limits it to a Product
//! code SPRING tenth min-5000usd  a promotion code
//! create payment coffee*2        a session; several lines are parted by commas
//! create payment:off-tenth …     with a discount; `:code-SPRING` by a promotion code
//! discount tenth                 another discount by an update; nothing clears it
//! rate post 500usd/450eur        a shipping rate; `off` archives it
//! create payment:ship-post+express …  with shipping options
//! ship post, new=900usd          other shipping options by an update; nothing clears them
//! address DE                     the shipping address
//! create subscription:trial-14 … with a trial of days; `trial-until-172800` seconds from now,
//!                                `anchor-86400`, `no-proration`, `rates-texas` for default rates
//! table DE 19 inclusive          what automatic tax collects; `US-TX 8.25`, `DE 7 code-food`
//! create payment:taxed …         with automatic tax; `status` of it by `taxed complete`
//! trial days 7                   another trial by an update; `until 172800`; no value removes it
//! update B*3, A, mug*1           the whole new cart: B changed, A kept, a new line
//! cart A coffee*2=700 | …        what the cart must then be: its subtotal, `-` its discount,
//!                                `+` a tax on top, `(` a tax inside `)`
//! totals 700 -70 ship 500 tax …  what the session must come to
//! refused …                      why the row before must have been refused; nothing changed
//! ```
//!
//! An entry is a line's letter or nothing, then `=price` (a new line names the Price alone), then
//! `*quantity`, `(texas;city)` for tax rates, `[min..max]` for `adjustable_quantity` and
//! `{key:value}` for metadata. `new:500` is an inline Price in the session's currency.

mod oracle;
mod properties;
mod rows;
mod shown;

use std::sync::Arc;

use rows::*;
use shown::*;

use super::*;
use crate::address::{Address, Country};
use crate::catalog::{
    Amount, Catalog, CurrencyOption, CustomUnitAmount, InlinePrice, InlineProduct,
    InlineProductChoice, Interval, Price, PriceTerms, Product, ProductDetails, ProductKind,
    Recurring, TaxBehavior, Tier, Tiers, TiersMode, TransformQuantity, TransformRounding, Usage,
};
use crate::coupon::{AmountOff, CouponDuration, CreateCoupon, Off, PercentOff};
use crate::id::tests::CountingIds;
use crate::id::{
    CouponId, CustomerId, LineItemId, PriceId, ProductId, PromotionCodeId, ShippingRateId,
    TaxRateId,
};
use crate::metadata::MetadataChange;
use crate::money::{Money, UnitAmount};
use crate::promotion_code::{Code, MinimumAmount, PromotionCode, Restrictions};
use crate::shipping_rate::{FixedAmount, NewShippingRate, ShippingCurrencyOption, ShippingRate};
use crate::tax_rate::{Percentage, TaxRate};
use crate::tax_table::{TaxTable, TaxTableEntry};

const START: Timestamp = Timestamp::from_seconds(1_000_000);

#[test]
fn carts_are_created_as_the_table_says() {
    check(include_str!("../testdata/create.txt"));
}

#[test]
fn carts_are_updated_as_the_table_says() {
    check(include_str!("../testdata/update_line_items.txt"));
}

#[test]
fn prices_charge_as_the_table_says() {
    check(include_str!("../testdata/prices.txt"));
}

#[test]
fn discounts_are_taken_off_as_the_table_says() {
    check(include_str!("../testdata/discounts.txt"));
}

#[test]
fn lines_are_taxed_as_the_table_says() {
    check(include_str!("../testdata/taxes.txt"));
}

#[test]
fn carts_are_shipped_as_the_table_says() {
    check(include_str!("../testdata/shipping.txt"));
}

#[test]
fn subscriptions_begin_as_the_table_says() {
    check(include_str!("../testdata/subscriptions.txt"));
}

#[test]
fn taxes_follow_the_address_as_the_table_says() {
    check(include_str!("../testdata/automatic_tax.txt"));
}

#[test]
fn sessions_end_as_the_table_says() {
    check(include_str!("../testdata/expire.txt"));
}

fn check(table: &str) {
    for case in table.split("\n# ") {
        let case = case.trim_start_matches("# ");
        let (title, rows) = case.split_once('\n').unwrap();
        let mut shop = Shop::default();
        for row in rows.lines().filter(|row| !row.trim().is_empty()) {
            let answer = shop.play(row.trim());
            assert_eq!(answer, Ok(()), "in the case {title:?}, at the row {row:?}");
        }
        assert_eq!(shop.unchecked_refusal, None, "in the case {title:?}");
    }
}

/// A shop with one session, played row by row.
#[derive(Default)]
struct Shop {
    catalog: Catalog,
    ids: CountingIds,
    session: Option<CheckoutSession>,
    elapsed_seconds: i64,
    unchecked_refusal: Option<String>,
    table: Vec<TaxTableEntry>,
    events: usize,
}

impl Shop {
    fn play(&mut self, row: &str) -> Result<(), String> {
        let (verb, rest) = row.split_once(' ').unwrap_or((row, ""));
        if verb != "refused"
            && let Some(refusal) = self.unchecked_refusal.take()
        {
            return Err(format!("the row before was refused: {refusal}"));
        }
        match verb {
            "price" => self.add_price(rest),
            "create" => self.create(rest),
            "update" => self.update(UpdateCheckoutSession {
                line_items: Some(entries(rest, self.session()).collect()),
                ..UpdateCheckoutSession::default()
            }),
            "update-if" => self.update_if(rest),
            "metadata" => self.update(UpdateCheckoutSession {
                metadata: metadata(rest),
                ..UpdateCheckoutSession::default()
            }),
            "discount" => self.update(UpdateCheckoutSession {
                discounts: Some(words(rest).map(discount_choice).collect()),
                ..UpdateCheckoutSession::default()
            }),
            "ship" => self.update(UpdateCheckoutSession {
                shipping_options: Some(words(rest).map(shipping_choice).collect()),
                ..UpdateCheckoutSession::default()
            }),
            "address" => self.update(UpdateCheckoutSession {
                shipping_details: Some(shipping_details(rest)),
                ..UpdateCheckoutSession::default()
            }),
            "rate" => self.catalog.add_shipping_rates([shipping_rate(rest)]),
            "chosen" => {
                let cost = self.session().shipping.cost.as_ref();
                return expect(cost.map_or("nothing", |cost| cost.rate.as_str()), rest);
            }
            "trial" => self.update(UpdateCheckoutSession {
                trial: Some(self.trial_change(rest)),
                ..UpdateCheckoutSession::default()
            }),
            "table" => self.add_to_table(rest),
            "taxed" => {
                let status = self.session().automatic_tax.as_ref().map(|tax| tax.status);
                return expect(&format!("{status:?}"), &format!("Some({rest})"));
            }
            "tax" => self.catalog.add_tax_rates([tax_rate(rest)]),
            "coupon" => self.catalog.add_coupons([coupon(rest)]),
            "code" => self.add_code(rest),
            "wait" => self.elapsed_seconds += rest.parse::<i64>().unwrap(),
            "expire" => self.expire(),
            "cart" => return expect(&show_cart(self.session(), &self.catalog), rest),
            "next" => return expect(&self.show_next(), rest),
            "totals" => return expect(&show_totals(self.session()), rest),
            "status" => return expect(self.observed().state.status().as_str(), rest),
            "revision" => return expect(&self.observed().revision.get().to_string(), rest),
            "events" => return expect(&self.events.to_string(), rest),
            "refused" => {
                let refusal = self.unchecked_refusal.take().unwrap_or("nothing".to_owned());
                return expect(&refusal, rest);
            }
            _ => return Err("no such verb".to_owned()),
        }
        Ok(())
    }

    fn now(&self) -> Timestamp {
        START.plus_seconds(self.elapsed_seconds)
    }

    fn session(&self) -> &CheckoutSession {
        self.session.as_ref().unwrap()
    }

    fn observed(&self) -> CheckoutSession {
        self.session().clone().observed_at(self.now())
    }

    fn add_price(&mut self, row: &str) {
        let words: Vec<&str> = row.split_whitespace().collect();
        let (name, amount, currency) = (words[0], words[1], words[2]);
        let product = product(name, !words.contains(&"product-off"));
        let code = words.iter().find_map(|word| word.strip_prefix("code-"));
        let details =
            ProductDetails { tax_code: code.map(str::to_owned), ..product.details.clone() };
        let product = Product { details, ..product };
        let tax_behavior = if words.contains(&"inclusive") {
            TaxBehavior::Inclusive
        } else if words.contains(&"exclusive") {
            TaxBehavior::Exclusive
        } else {
            TaxBehavior::Unspecified
        };
        let price = Price {
            tax_behavior,
            amount: amount_of(amount),
            active: !words.contains(&"off"),
            recurring: words.iter().find_map(|word| recurring(word)),
            terms: terms(&words),
            ..price(name, &product, currency)
        };
        self.catalog.extend([price], [product]);
    }

    /// `SPRING tenth`, with `min-5000usd`, `for-cus_1`, `off` and `until-60`.
    fn add_code(&mut self, row: &str) {
        let words: Vec<&str> = row.split_whitespace().collect();
        let word = |prefix| words.iter().find_map(|word| word.strip_prefix(prefix));
        let minimum = word("min-").map(|text| {
            let mut amounts = amounts(text);
            let others = amounts.split_off(1);
            MinimumAmount { amount: amounts[0], others }
        });
        let code = PromotionCode {
            id: PromotionCodeId::from(words[0]),
            ordinal: Ordinal::new(1),
            created: START,
            is_enabled: !words.contains(&"off"),
            code: Code::parse(words[0]).unwrap(),
            coupon: CouponId::from(words[1]),
            coupon_ordinal: Ordinal::new(1),
            customer: word("for-").map(CustomerId::from),
            expires_at: word("until-").map(|text: &str| START.plus_seconds(text.parse().unwrap())),
            max_redemptions: None,
            restrictions: Restrictions { is_first_time: false, minimum },
            times_redeemed: 0,
            metadata: Metadata::default(),
        };
        self.catalog.add_promotion_codes([code]);
    }

    fn add_to_table(&mut self, row: &str) {
        let words: Vec<&str> = row.split_whitespace().collect();
        let (country, state) = words[0].split_once('-').unwrap_or((words[0], ""));
        let code = words.iter().find_map(|word| word.strip_prefix("code-"));
        self.table.push(TaxTableEntry {
            country: Country::from_code(country).unwrap(),
            state: (!state.is_empty()).then(|| state.to_owned()),
            postal_prefix: None,
            tax_code: code.map(str::to_owned),
            percentage: Percentage::parse(words[1]).unwrap(),
            inclusive: words.contains(&"inclusive"),
            display_name: "Tax".to_owned(),
            jurisdiction: None,
        });
        let table = TaxTable::new(self.table.clone()).unwrap();
        self.catalog.set_tax_table(Some(Arc::new(table)));
    }

    /// What is charged next, and how many seconds after the start.
    fn show_next(&self) -> String {
        let next = self.session().explain(&self.catalog).unwrap().next;
        next.map_or("nothing".to_owned(), |next| {
            let after = next.at.seconds_since(START);
            format!("{} after {after}", next.totals.amount_total)
        })
    }

    fn trial_change(&self, row: &str) -> TrialChange {
        let (by, value) = row.split_once(' ').unwrap_or((row, ""));
        match by {
            "days" => TrialChange::Days(value.parse().ok()),
            _ => TrialChange::Until(value.parse().ok().map(|after| self.now().plus_seconds(after))),
        }
    }

    fn subscription(&self, options: &str) -> Option<SubscriptionTerms> {
        let option = |prefix| options.split(':').find_map(|word| word.strip_prefix(prefix));
        let after = |text: &str| self.now().plus_seconds(text.parse().unwrap());
        let until = option("trial-until-").map(after).map(Trial::Until);
        let days = option("trial-").and_then(|text: &str| text.parse().ok()).map(Trial::Days);
        let rates = option("rates-").into_iter().flat_map(|names: &str| names.split('+'));
        let no_proration = options.split(':').any(|word| word == "no-proration");
        let terms = SubscriptionTerms {
            trial: until.or(days),
            missing_payment_method: None,
            billing_cycle_anchor: option("anchor-").map(after),
            proration_behavior: no_proration.then_some(ProrationBehavior::None),
            default_tax_rates: rates.map(TaxRateId::from).collect(),
        };
        Some(terms).filter(|terms| *terms != SubscriptionTerms::default())
    }

    fn create(&mut self, row: &str) {
        let (mode, lines) = row.split_once(' ').unwrap_or((row, ""));
        let (mode, options) = mode.split_once(':').unwrap_or((mode, ""));
        let option = |prefix| options.split(':').find_map(|word| word.strip_prefix(prefix));
        let has = |name| options.split(':').any(|word| word == name);
        let lines = words(lines).map(|entry| {
            let entry = Entry::parse(entry);
            NewLineItem {
                price: entry.price,
                quantity: entry.quantity,
                tax_rates: entry.tax_rates.unwrap_or_default(),
                tax_rates_by_address: has("by-address"),
                adjustable_quantity: entry.adjustable_quantity,
                metadata: entry.metadata,
            }
        });
        let expires_in = option("expires-in-").map(|text| text.parse().unwrap());
        let coupons = option("off-").into_iter().flat_map(|names| names.split('+'));
        let codes = option("code-").map(|name| DiscountChoice::PromotionCode(name.into()));
        let discounts = coupons.map(discount_choice).chain(codes);
        let command = CreateCheckoutSession {
            mode: if mode == "payment" { Mode::Payment } else { Mode::Subscription },
            ui_mode: if has("hosted") { UiMode::HostedPage } else { UiMode::Elements },
            urls: Urls {
                success_url: has("hosted").then(|| "https://shop.example/done".to_owned()),
                ..Urls::default()
            },
            line_items: lines.collect(),
            currency: option("in-").and_then(Currency::from_code),
            discounts: discounts.collect(),
            subscription: self.subscription(options),
            automatic_tax: has("taxed"),
            billing_cycle_anchor_config: None,
            shipping_options: option("ship-")
                .into_iter()
                .flat_map(|names| names.split('+'))
                .map(shipping_choice)
                .collect(),
            allow_promotion_codes: has("codes").then_some(true),
            permissions: (has("client-only") || has("server-discounts")).then_some(Permissions {
                generation: PermissionGeneration::Flat,
                update_line_items: has("client-only").then_some(Actor::ClientOnly),
                update_shipping_details: None,
                update_discounts: Some(if has("client-only") {
                    Actor::ClientOnly
                } else {
                    Actor::ServerOnly
                }),
            }),
            expires_at: expires_in.map(|seconds: i64| self.now().plus_seconds(seconds)),
            metadata: None,
            client_reference_id: None,
            customer_email: None,
            locale: None,
            collection: CreateCollection::default(),
        };
        let decision = command.decide(&self.catalog, None, false, self.now(), &mut self.ids);
        self.settle(decision);
    }

    fn update(&mut self, command: UpdateCheckoutSession) {
        let before = self.observed();
        let decision = command.decide(&before, &self.catalog, self.now(), &mut self.ids);
        self.settle(decision);
    }

    fn update_if(&mut self, row: &str) {
        let (condition, rest) = row.split_once(' ').unwrap();
        let is_preview = condition == "preview";
        let if_match = match condition {
            "*" => Some(IfMatch::Any),
            "preview" => None,
            number => Some(IfMatch::Revision(Revision::new(number.parse().unwrap()))),
        };
        let line_items = Some(entries(rest, self.session()).collect());
        self.update(UpdateCheckoutSession {
            if_match,
            is_server_update_preview: is_preview,
            line_items,
            ..UpdateCheckoutSession::default()
        });
    }

    fn expire(&mut self) {
        let decision = self.session().expire(self.now());
        self.settle(decision);
    }

    fn settle(&mut self, decision: Result<SessionDecision, SessionRefusal>) {
        match decision {
            Ok(decision) => {
                assert!(decision.session.is_consistent());
                self.events += decision.events.len();
                decision.created.add_to(&mut self.catalog);
                self.session = Some(decision.session);
            }
            Err(refusal) => {
                let lines = self.session.iter().flat_map(|session| &session.lines);
                let named = lines.fold(refusal.to_string(), |text, line| {
                    text.replace(line.id.as_str(), &letter_of(line))
                });
                self.unchecked_refusal = Some(named);
            }
        }
    }
}
