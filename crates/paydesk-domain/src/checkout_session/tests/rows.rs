//! What the words of a row stand for: entries of a cart, and the objects of a shop.

use super::*;

/// An entry of a cart as a row writes it.
#[derive(Default)]
pub(super) struct Entry<'a> {
    pub(super) letter: Option<&'a str>,
    pub(super) price: Option<PriceChoice>,
    pub(super) quantity: Option<Quantity>,
    pub(super) tax_rates: Option<Vec<TaxRateId>>,
    pub(super) adjustable_quantity: Option<AdjustableQuantity>,
    pub(super) metadata: Option<MetadataChange>,
}

impl<'a> Entry<'a> {
    pub(super) fn parse(text: &'a str) -> Self {
        let mut entry = Self::default();
        let (text, metadata_text) = text.split_once('{').unwrap_or((text, ""));
        entry.metadata = metadata(metadata_text.trim_end_matches('}'));
        let (text, bounds) = text.split_once('[').unwrap_or((text, ""));
        entry.adjustable_quantity = bounds_of(bounds.trim_end_matches(']'));
        let (text, rates) = text.split_once('(').map_or((text, None), |(text, rates)| {
            (text, Some(rates.trim_end_matches(')').split(';').filter(|name| !name.is_empty())))
        });
        entry.tax_rates = rates.map(|rates| rates.map(TaxRateId::from).collect());
        let (text, quantity) = text.split_once('*').unwrap_or((text, ""));
        entry.quantity = quantity.parse().ok();
        let (line, price) = match text.split_once('=') {
            Some((line, price)) => (line, price),
            None if is_letter(text) => (text, ""),
            None => ("", text),
        };
        entry.letter = (!line.is_empty()).then_some(line);
        entry.price = match price.split_once(':') {
            Some((_, amount)) => Some(PriceChoice::Inline(inline(amount))),
            None if price.is_empty() => None,
            None => Some(PriceChoice::Existing(PriceId::from(price))),
        };
        entry
    }
}

/// The entries of an update; a letter stands for the id of that line.
pub(super) fn entries<'a>(
    row: &'a str,
    session: &'a CheckoutSession,
) -> impl Iterator<Item = LineItemEntry> + 'a {
    words(row).map(|text| {
        let entry = Entry::parse(text);
        let id = entry.letter.map(|letter| {
            let line = session.lines.iter().find(|line| letter_of(line) == letter);
            line.map_or_else(|| LineItemId::from(letter), |line| line.id.clone())
        });
        LineItemEntry {
            id,
            price: entry.price,
            quantity: entry.quantity,
            tax_rates: entry.tax_rates,
            adjustable_quantity: entry.adjustable_quantity,
            metadata: entry.metadata,
        }
    })
}

pub(super) fn words(row: &str) -> impl Iterator<Item = &str> {
    row.split(',').map(str::trim).filter(|word| !word.is_empty())
}

pub(super) fn is_letter(text: &str) -> bool {
    text.len() == 1 && text.bytes().all(|byte| byte.is_ascii_uppercase())
}

pub(super) fn letter_of(line: &LineItem) -> String {
    let letter = b'A' + u8::try_from(line.ordinal).unwrap();
    char::from(letter).to_string()
}

pub(super) fn bounds_of(text: &str) -> Option<AdjustableQuantity> {
    match text.split_once("..") {
        None if text == "fixed" => Some(AdjustableQuantity::Disabled),
        None => None,
        Some((minimum, maximum)) => Some(AdjustableQuantity::Enabled {
            minimum: minimum.parse().unwrap_or(0),
            maximum: maximum.parse().unwrap_or(AdjustableQuantity::MAXIMUM_DEFAULT),
        }),
    }
}

pub(super) fn metadata(text: &str) -> Option<MetadataChange> {
    if text == "clear" {
        return Some(MetadataChange::Clear);
    }
    let pairs: Vec<(String, Option<String>)> = text
        .split(';')
        .filter_map(|pair| pair.split_once(':'))
        .map(|(key, value)| (key.to_owned(), (!value.is_empty()).then(|| value.to_owned())))
        .collect();
    (!pairs.is_empty()).then_some(MetadataChange::Merge(pairs))
}

pub(super) fn recurring(word: &str) -> Option<Recurring> {
    let interval = word.strip_prefix('/')?;
    let digits: String = interval.chars().take_while(char::is_ascii_digit).collect();
    let interval = match interval.trim_start_matches(|char: char| char.is_ascii_digit()) {
        "day" => Interval::Day,
        "week" => Interval::Week,
        "month" => Interval::Month,
        _ => Interval::Year,
    };
    Some(Recurring { interval, interval_count: digits.parse().unwrap_or(1) })
}

/// `volume`, `by-5`, `by-5-down`, `metered`, `trial` and `or-eur:400`.
pub(super) fn terms(words: &[&str]) -> PriceTerms {
    let has = |word: &str| words.contains(&word);
    let transform = words.iter().find_map(|word| {
        let text = word.strip_prefix("by-")?;
        let (count, round) = match text.strip_suffix("-down") {
            Some(count) => (count, TransformRounding::Down),
            None => (text, TransformRounding::Up),
        };
        Some(TransformQuantity { divide_by: count.parse().unwrap(), round })
    });
    let options = words.iter().filter_map(|word| {
        let (code, amount) = word.strip_prefix("or-")?.split_once(':')?;
        let tax_behavior = TaxBehavior::Unspecified;
        let currency = Currency::from_code(code).unwrap();
        Some(CurrencyOption { currency, amount: amount_of(amount), tax_behavior })
    });
    PriceTerms {
        tiers_mode: if has("volume") { Some(TiersMode::Volume) } else { None },
        transform_quantity: transform,
        usage: if has("metered") {
            Usage::Metered { meter: "mtr_1".to_owned() }
        } else {
            Usage::Licensed
        },
        trial_period_days: has("trial").then_some(14),
        currency_options: options.collect(),
    }
}

/// `350`, `choose:500` or tiers such as `5:700,10:650,inf:600+100`.
pub(super) fn amount_of(text: &str) -> Amount {
    let unit_amount = |text: &str| UnitAmount::parse(text).ok();
    if let Some(preset) = text.strip_prefix("choose") {
        let preset = preset.strip_prefix(':').map(|preset| preset.parse().unwrap());
        return Amount::Custom(CustomUnitAmount { minimum: None, maximum: None, preset });
    }
    if !text.contains(':') {
        return Amount::PerUnit(UnitAmount::parse(text).unwrap());
    }
    let tiers = text.split(',').map(|tier| {
        let (up_to, amounts) = tier.split_once(':').unwrap();
        let (unit, flat) = amounts.split_once('+').unwrap_or((amounts, ""));
        let (unit_amount, flat_amount) = (unit_amount(unit), unit_amount(flat));
        Tier { up_to: up_to.parse().ok(), unit_amount, flat_amount }
    });
    Amount::Tiered(Tiers::new(tiers.collect()).unwrap())
}

/// `texas 8.25 in-US-TX`, `mwst 19 inclusive off`
pub(super) fn tax_rate(row: &str) -> TaxRate {
    let words: Vec<&str> = row.split_whitespace().collect();
    let place = words.iter().find_map(|word| word.strip_prefix("in-"));
    TaxRate {
        id: TaxRateId::from(words[0]),
        ordinal: Ordinal::new(1),
        created: START,
        active: !words.contains(&"off"),
        country: place.and_then(|place| Country::from_code(&place[..2])),
        description: None,
        display_name: words[0].to_owned(),
        inclusive: words.contains(&"inclusive"),
        jurisdiction: None,
        metadata: Metadata::default(),
        percentage: Percentage::parse(words[1]).unwrap(),
        state: place.and_then(|place| place.split_once('-')).map(|(_, state)| state.to_owned()),
        tax_type: None,
    }
}

/// `500usd` or `500usd/450eur`
pub(super) fn amounts(text: &str) -> Vec<Money> {
    let amount = |text: &str| {
        let (digits, code) = text.split_at(text.len() - 3);
        Money::new(digits.parse().unwrap(), Currency::from_code(code).unwrap())
    };
    text.split('/').map(amount).collect()
}

/// `post 500usd/450eur`, `old 500usd off`
pub(super) fn shipping_rate(row: &str) -> ShippingRate {
    let words: Vec<&str> = row.split_whitespace().collect();
    let mut amounts = amounts(words[1]);
    let others = amounts.split_off(1).into_iter();
    let others =
        others.map(|amount| ShippingCurrencyOption { amount, tax_behavior: Default::default() });
    ShippingRate {
        id: ShippingRateId::from(words[0]),
        ordinal: Ordinal::new(1),
        created: START,
        active: !words.contains(&"off"),
        delivery_estimate: None,
        display_name: words[0].to_owned(),
        fixed_amount: FixedAmount { amount: amounts[0], others: others.collect() },
        metadata: Metadata::default(),
        tax_behavior: TaxBehavior::Unspecified,
        tax_code: None,
    }
}

/// A rate's name, or `new=500usd`.
pub(super) fn shipping_choice(text: &str) -> ShippingChoice {
    match text.strip_prefix("new=") {
        None => ShippingChoice::Existing(ShippingRateId::from(text)),
        Some(text) => ShippingChoice::Inline(NewShippingRate {
            delivery_estimate: None,
            display_name: "new".to_owned(),
            fixed_amount: FixedAmount { amount: amounts(text)[0], others: Vec::new() },
            metadata: None,
            tax_behavior: TaxBehavior::Unspecified,
            tax_code: None,
        }),
    }
}

/// A country's code, then the state and the postal code.
pub(super) fn shipping_details(text: &str) -> ShippingDetails {
    let mut words = text.split_whitespace();
    let address = Address {
        country: words.next().and_then(Country::from_code),
        state: words.next().map(str::to_owned),
        postal_code: words.next().map(str::to_owned),
        line1: Some("1 Main Street".to_owned()),
        ..Address::default()
    };
    ShippingDetails { name: "Jenny Rosen".to_owned(), address }
}

/// `10%` or amounts
pub(super) fn off(text: &str) -> Off {
    if let Some(percent) = text.strip_suffix('%') {
        return Off::Percent(PercentOff::parse(percent).unwrap());
    }
    let mut amounts = amounts(text);
    let others = amounts.split_off(1);
    Off::Amount(AmountOff { amount: amounts[0], others })
}

/// `tenth 10% of-coffee`, `five 500usd/450eur`; `until-60` and `once` limit its use.
pub(super) fn coupon(row: &str) -> Coupon {
    let words: Vec<&str> = row.split_whitespace().collect();
    let products = words.iter().filter_map(|word| word.strip_prefix("of-"));
    let until = words.iter().find_map(|word| word.strip_prefix("until-"));
    Coupon {
        id: CouponId::from(words[0]),
        ordinal: Ordinal::new(1),
        created: START,
        name: None,
        off: off(words[1]),
        duration: CouponDuration::Once,
        products: products.map(|name| ProductId::from(format!("prod_{name}").as_str())).collect(),
        max_redemptions: words.contains(&"used-up").then_some(1),
        redeem_by: until.map(|seconds| START.plus_seconds(seconds.parse().unwrap())),
        times_redeemed: u64::from(words.contains(&"used-up")),
        metadata: Metadata::default(),
        is_deleted: false,
    }
}

/// A Coupon's name, or `new:10%`.
pub(super) fn discount_choice(text: &str) -> DiscountChoice {
    match text.strip_prefix("new:") {
        None => DiscountChoice::Coupon(CouponId::from(text)),
        Some(text) => DiscountChoice::Inline(CreateCoupon {
            id: None,
            name: None,
            off: off(text),
            duration: CouponDuration::Once,
            products: Vec::new(),
            max_redemptions: None,
            redeem_by: None,
            metadata: None,
        }),
    }
}

pub(super) fn product(name: &str, active: bool) -> Product {
    Product {
        id: ProductId::from(format!("prod_{name}").as_str()),
        ordinal: Ordinal::new(1),
        created: START,
        updated: START,
        active,
        is_inline: false,
        kind: ProductKind::Service,
        default_price: None,
        details: ProductDetails { name: name.to_owned(), ..ProductDetails::default() },
        metadata: Metadata::default(),
    }
}

pub(super) fn price(name: &str, product: &Product, currency: &str) -> Price {
    Price {
        id: PriceId::from(name),
        ordinal: Ordinal::new(1),
        created: START,
        active: true,
        is_inline: false,
        product: product.id.clone(),
        currency: Currency::from_code(currency).unwrap(),
        amount: Amount::PerUnit(UnitAmount::ZERO),
        recurring: None,
        terms: PriceTerms::default(),
        tax_behavior: TaxBehavior::Unspecified,
        lookup_key: None,
        nickname: None,
        metadata: Metadata::default(),
    }
}

/// `500`, `500eur` or `500/month`.
pub(super) fn inline(text: &str) -> InlinePrice {
    let (amount, interval) = text.split_once('/').unwrap_or((text, ""));
    let digits = amount.trim_end_matches(|char: char| char.is_ascii_lowercase());
    let code = amount.strip_prefix(digits).filter(|code| !code.is_empty()).unwrap_or("usd");
    InlinePrice {
        currency: Currency::from_code(code).unwrap(),
        product: InlineProductChoice::New(InlineProduct {
            id: None,
            active: false,
            is_inline: true,
            details: ProductDetails { name: "inline".to_owned(), ..ProductDetails::default() },
            metadata: None,
        }),
        unit_amount: UnitAmount::parse(digits).unwrap(),
        recurring: recurring(&format!("/{interval}")).filter(|_| !interval.is_empty()),
        tax_behavior: TaxBehavior::Unspecified,
    }
}
