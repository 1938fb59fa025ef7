//! What can be wrong with a parameter, in Stripe's words.

use paydesk_domain::catalog::TiersRefusal;
use paydesk_domain::coupon::{CouponRefusal, PercentOffError};
use paydesk_domain::money::UnitAmountError;
use paydesk_domain::promotion_code::PromotionCodeRefusal;
use paydesk_domain::shipping_rate::ShippingCurrencyRefusal;
use paydesk_domain::tax_rate::PercentageError;

use crate::search::SearchProblem;

/// Something wrong with the parameters of a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ParamProblem {
    /// Bytes that are no text.
    NotUtf8,
    /// More keys than [`KEYS_MAX`](super::KEYS_MAX).
    TooManyKeys,
    /// Deeper brackets than [`DEPTH_MAX`](super::DEPTH_MAX).
    TooDeep {
        /// The first name of the key.
        param: String,
    },
    /// The same key as a value and as a list or an object.
    MixedKinds {
        /// The key, as written.
        param: String,
    },
    /// Names that no parameter has.
    Unknown {
        /// Them, in brackets as sent.
        params: Vec<String>,
    },
    /// Parameters that Stripe has and Paydesk has not yet.
    Unsupported {
        /// Them, in brackets as sent.
        params: Vec<String>,
    },
    /// A value that Stripe has and Paydesk has not yet.
    UnsupportedValue {
        /// Whose value.
        param: String,
        /// The value.
        value: String,
    },
    /// A parameter that must be sent was not.
    Missing {
        /// Which.
        param: String,
    },
    /// Of these parameters exactly one must be sent, and none was.
    MissingOneOf {
        /// The object they belong to, or nothing.
        param: String,
        /// Their names.
        names: &'static [&'static str],
    },
    /// Of these parameters only one may be sent.
    Exclusive {
        /// The first of them, in brackets.
        param: String,
        /// Their names.
        names: &'static [&'static str],
    },
    /// An empty string where nothing can be unset.
    Empty {
        /// Where.
        param: String,
    },
    /// Not an integer.
    Integer {
        /// Where.
        param: String,
        /// What was sent.
        value: String,
    },
    /// An integer below its smallest value.
    TooSmall {
        /// Where.
        param: String,
        /// The smallest.
        minimum: i64,
    },
    /// An integer above its largest value.
    TooLarge {
        /// Where.
        param: String,
        /// The largest.
        maximum: i64,
    },
    /// Neither `true` nor `false`.
    Boolean {
        /// Where.
        param: String,
        /// What was sent.
        value: String,
    },
    /// Not a point in time.
    Timestamp {
        /// Where.
        param: String,
        /// What was sent.
        value: String,
    },
    /// Not a decimal number as prices have them.
    Decimal {
        /// Where.
        param: String,
        /// What was sent.
        value: String,
        /// Why not.
        reason: UnitAmountError,
    },
    /// Not a percentage as coupons have them.
    PercentOff {
        /// Where.
        param: String,
        /// What was sent.
        value: String,
        /// Why not.
        reason: PercentOffError,
    },
    /// Not a percentage as tax rates have them.
    Percentage {
        /// Where.
        param: String,
        /// What was sent.
        value: String,
        /// Why not.
        reason: PercentageError,
    },
    /// What a shipping rate costs in other currencies contradicts itself.
    ShippingCurrency {
        /// Where.
        param: String,
        /// How.
        refusal: ShippingCurrencyRefusal,
    },
    /// A least time of delivery that is longer than the most.
    DeliveryBounds {
        /// Where.
        param: String,
    },
    /// What a coupon takes off contradicts itself.
    Coupon {
        /// How.
        refusal: CouponRefusal,
    },
    /// Not what customers can type to redeem something.
    PromotionCodeText {
        /// Where.
        param: String,
        /// What was sent.
        value: String,
    },
    /// What a promotion code asks for contradicts itself.
    PromotionCode {
        /// How.
        refusal: PromotionCodeRefusal,
    },
    /// A parameter that means something only with a certain value of another.
    OnlyWith {
        /// Which.
        param: String,
        /// The other one.
        other: &'static str,
        /// Its value.
        value: &'static str,
    },
    /// A parameter of a request that means nothing in a file.
    NotInFile {
        /// Which.
        param: String,
    },
    /// Not what events are signed with.
    SigningSecret {
        /// Where.
        param: String,
    },
    /// No such type of event.
    EventType {
        /// Where.
        param: String,
        /// What was sent.
        value: String,
    },
    /// No API version that Paydesk speaks.
    ApiVersion {
        /// Where.
        param: String,
        /// What was sent.
        value: String,
    },
    /// No such currency.
    Currency {
        /// Where.
        param: String,
        /// What was sent.
        value: String,
    },
    /// None of the words allowed.
    Choice {
        /// Where.
        param: String,
        /// The words.
        choices: Vec<&'static str>,
    },
    /// A text that is too long.
    TooLong {
        /// Where.
        param: String,
        /// What was sent.
        value: String,
        /// The most characters.
        chars_max: usize,
    },
    /// A list with too many elements.
    TooMany {
        /// Where.
        param: String,
        /// The most elements.
        limit: usize,
    },
    /// A single value was expected, a list or an object was sent.
    NotText {
        /// Where.
        param: String,
    },
    /// A list was expected.
    NotArray {
        /// Where.
        param: String,
    },
    /// An object was expected.
    NotObject {
        /// Where.
        param: String,
    },
    /// Not a web address.
    Url {
        /// Where.
        param: String,
    },
    /// Not an address for mail.
    Email {
        /// Where.
        param: String,
        /// What was sent.
        value: String,
    },
    /// Not a size or a weight.
    Hundredths {
        /// Where.
        param: String,
        /// What was sent.
        value: String,
    },
    /// Not a colour.
    Color {
        /// Where.
        param: String,
        /// What was sent.
        value: String,
    },
    /// No such country.
    Country {
        /// Where.
        param: String,
        /// What was sent.
        value: String,
    },
    /// Not a text for bank statements.
    StatementDescriptor {
        /// Where.
        param: String,
    },
    /// Tiers that don't cover every quantity once.
    Tiers {
        /// Where.
        param: String,
        /// Why not.
        reason: TiersRefusal,
    },
    /// A setting that is left out, not sent as false.
    NotEnabled {
        /// Where.
        param: String,
    },
    /// Bounds of what a buyer may choose that are not in order.
    CustomBounds {
        /// Where.
        param: String,
    },
    /// Not a search query.
    Search {
        /// Where.
        param: String,
        /// Why not.
        reason: SearchProblem,
    },
    /// Not a page of a search.
    PageToken {
        /// Where.
        param: String,
    },
    /// Not an IP address.
    IpAddress {
        /// Where.
        param: String,
        /// What was sent.
        value: String,
    },
    /// Not what numbers of invoices can begin with.
    InvoicePrefix {
        /// Where.
        param: String,
        /// What was sent.
        value: String,
    },
    /// A property that can't be expanded.
    NotExpandable {
        /// The path as sent.
        path: String,
        /// Whether the answer is a list, whose paths begin with `data`.
        is_list: bool,
    },
    /// A path of more than four levels.
    ExpandTooDeep {
        /// The path as sent.
        path: String,
    },
}
