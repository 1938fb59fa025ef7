//! What sessions collect, and for whom they are made.

use std::sync::Arc;

use paydesk_domain::address::{Address, Country};
use paydesk_domain::catalog::Price;
use paydesk_domain::checkout_session::{
    AdjustableQuantity, AfterExpiration, AllowRedisplay, AskedDetails, AskedName, AskedText,
    BillingAddressCollection, BorderStyle, BrandImage, Branding, CaptureMethod, CardBrand,
    CardFunding, CardOptions, CardRequest, CardRestrictions, CheckoutSession, Collection, Color,
    ConsentCollection, CreateCollection, CreateOutcome, CustomAnswer, CustomField, CustomText,
    CustomerCreation, CustomerUpdate, DropdownOption, FontFamily, InvoiceCreation, InvoiceText,
    LinkOptions, NameCollection, OptionalItem, OriginContext, Outcome, Page, PaymentIntentData,
    PaymentMethodCollection, PaymentMethodType, PaymentMethods, PaymentShipping, PromotionsConsent,
    Quantity, Recovery, ReuseAgreementPosition, SavedPaymentMethodOptions, SetupFutureUsage,
    ShippingCountry, SubmitType, SubscriptionData, Switch, TaxIdCollection, TaxIdRequired,
    TermsOfServiceConsent, ThreeDSecureRequest, WalletDisplay, WithMetadata,
};
use paydesk_domain::customer::{AmountTaxDisplay, CustomField as InvoiceField, Customer, Shipping};
use paydesk_domain::id::CustomerId;
use paydesk_domain::listing::CheckoutSessionFilter;

use super::customers::{bare_customer, full_customer};
use super::list_filters::{any_session, sessions, which};
use super::objects::{NOW, metadata};
use super::round_trips::comes_back;
use super::shop::Shop;
use crate::changeset::Record;
use crate::store::Store;

pub(super) async fn what_a_session_collects_comes_back_as_it_was<S: Store>(store: &Arc<S>) {
    let mut shop = Shop::new(store);
    let customer = full_customer(&mut shop.make);
    let collections = [
        CreateCollection {
            customer: Some(customer.id.clone()),
            customer_update: Some(CustomerUpdate { address: true, name: true, shipping: false }),
            details: AskedDetails {
                billing_address: Some(BillingAddressCollection::Required),
                consent: Some(ConsentCollection {
                    reuse_agreement: Some(ReuseAgreementPosition::Hidden),
                    promotions: Some(PromotionsConsent::Auto),
                    terms_of_service: Some(TermsOfServiceConsent::Required),
                }),
                custom_fields: custom_fields(),
                shipping_countries: Some(
                    ["DE", "ZZ"].map(|code| ShippingCountry::from_code(code).unwrap()).to_vec(),
                ),
                names: Some(NameCollection {
                    business: Some(AskedName { enabled: true, optional: false }),
                    individual: Some(AskedName { enabled: false, optional: true }),
                }),
                phone_number: true,
                tax_ids: Some(TaxIdCollection {
                    enabled: true,
                    required: Some(TaxIdRequired::IfSupported),
                }),
            },
            page: Page {
                after_expiration: Some(AfterExpiration {
                    recovery: Some(Recovery { enabled: true, allow_promotion_codes: true }),
                }),
                branding: Some(branding()),
                custom_text: CustomText {
                    after_submit: some("Thank you"),
                    shipping_address: some("To the door"),
                    submit: some("Go"),
                    terms_of_service_acceptance: some("I agree"),
                },
                origin_context: Some(OriginContext::Web),
                submit_type: Some(SubmitType::Donate),
            },
            methods: methods(),
            outcome: CreateOutcome {
                invoice: Some(WithMetadata { data: invoice(), metadata: Some(metadata()) }),
                payment: Some(WithMetadata { data: payment(), metadata: Some(metadata()) }),
                ..CreateOutcome::default()
            },
            ..CreateCollection::default()
        },
        CreateCollection {
            customer_creation: Some(CustomerCreation::Always),
            details: AskedDetails {
                billing_address: Some(BillingAddressCollection::Auto),
                consent: Some(ConsentCollection::default()),
                names: Some(NameCollection::default()),
                tax_ids: Some(TaxIdCollection { enabled: false, required: None }),
                ..AskedDetails::default()
            },
            ..CreateCollection::default()
        },
    ];
    for collection in collections {
        let session = session_that_collects(&mut shop, collection, &customer);
        comes_back(&shop, session).await;
    }
}

fn branding() -> Branding {
    Branding {
        background_color: Color::parse("#FFEEDD"),
        border_style: Some(BorderStyle::Pill),
        button_color: Color::parse("#0074d4"),
        display_name: some("Teehaus"),
        font_family: FontFamily::from_name("lora"),
        image: Some(BrandImage::Logo("https://shop.example/logo.png".to_owned())),
    }
}

fn methods() -> PaymentMethods {
    let method = |name| PaymentMethodType::from_name(name).unwrap();
    PaymentMethods {
        types: None,
        allowed: Some(vec![method("klarna"), PaymentMethodType::CARD]),
        excluded: Some(vec![method("ideal")]),
        card: CardOptions {
            is_captured_manually: true,
            installments: Some(false),
            extended_authorization: Some(CardRequest::IfAvailable),
            incremental_authorization: Some(CardRequest::Never),
            multicapture: Some(CardRequest::IfAvailable),
            overcapture: Some(CardRequest::Never),
            three_d_secure: Some(ThreeDSecureRequest::Any),
            restrictions: Some(CardRestrictions {
                brands: Some(vec![CardBrand::Visa, CardBrand::Mastercard]),
                funding_types: Some(vec![CardFunding::Prepaid]),
            }),
            setup_future_usage: Some(SetupFutureUsage::OnSession),
            descriptor_suffix_kana: some("オチャ"),
            descriptor_suffix_kanji: some("茶"),
        },
        collection: None,
        saved: Some(SavedPaymentMethodOptions {
            filters: Some(vec![AllowRedisplay::Limited, AllowRedisplay::Unspecified]),
            remove: Some(Switch::Enabled),
            save: Some(Switch::Disabled),
        }),
        allow_redisplay: Some(AllowRedisplay::Limited),
        link: Some(LinkOptions { display: Some(WalletDisplay::Never) }),
    }
}

fn invoice() -> InvoiceCreation {
    InvoiceCreation {
        enabled: true,
        text: invoice_text(),
        amount_tax_display: Some(AmountTaxDisplay::ExcludeTax),
        ..InvoiceCreation::default()
    }
}

fn invoice_text() -> InvoiceText {
    let (name, value) = ("Order".to_owned(), "17".to_owned());
    InvoiceText {
        custom_fields: vec![InvoiceField { name, value }],
        description: some("Tea for two"),
        footer: some("Thanks"),
        is_issued_by_self: true,
    }
}

fn payment() -> PaymentIntentData {
    let country = Country::from_code("DE");
    let address = Address { line1: some("Hohe Straße 1"), country, ..Address::default() };
    PaymentIntentData {
        capture_method: Some(CaptureMethod::AutomaticAsync),
        description: some("Tea"),
        receipt_email: some("ada@example.com"),
        setup_future_usage: Some(SetupFutureUsage::OffSession),
        shipping: Some(PaymentShipping {
            to: Shipping { name: "Ada".to_owned(), phone: some("110"), address },
            carrier: some("Pigeon"),
            tracking_number: some("17"),
        }),
        statement_descriptor: some("TEA"),
        statement_descriptor_suffix: some("17"),
        ..PaymentIntentData::default()
    }
}

pub(super) async fn what_a_subscription_is_to_be_comes_back_as_it_was<S: Store>(store: &Arc<S>) {
    let mut shop = Shop::new(store);
    let product = shop.make.product("Tea");
    let (monthly, once) = (shop.make.monthly_price(&product, 900), shop.make.price(&product, 500));
    let session = shop.make.full_session(&monthly, &once);
    let subscription = SubscriptionData {
        description: some("Tea club"),
        invoice_text: invoice_text(),
        ..SubscriptionData::default()
    };
    let ideal = PaymentMethodType::from_name("ideal").unwrap();
    let collection = Collection {
        methods: PaymentMethods {
            types: Some(vec![ideal]),
            collection: Some(PaymentMethodCollection::IfRequired),
            link: Some(LinkOptions::default()),
            ..PaymentMethods::default()
        },
        outcome: Outcome { subscription: Some(subscription), ..Outcome::default() },
        page: Page {
            after_expiration: Some(AfterExpiration::default()),
            branding: Some(Branding {
                image: Some(BrandImage::Icon("https://shop.example/icon.png".to_owned())),
                ..Branding::default()
            }),
            ..Page::default()
        },
        optional_items: vec![
            optional_item(&once, Some(AdjustableQuantity::Enabled { minimum: 1, maximum: 9 })),
            optional_item(&monthly, Some(AdjustableQuantity::Disabled)),
            optional_item(&once, None),
        ],
        ..(*session.collection).clone()
    };
    let collection = Arc::new(collection);
    comes_back(&shop, CheckoutSession { collection, ..session }).await;
}

fn optional_item(price: &Price, adjustable: Option<AdjustableQuantity>) -> OptionalItem {
    OptionalItem {
        price: price.id.clone(),
        quantity: Quantity::new(3).unwrap(),
        adjustable_quantity: adjustable,
    }
}

/// One of each kind, the second bare.
fn custom_fields() -> Vec<CustomField> {
    let field = |key: &str, answer| CustomField {
        key: key.to_owned(),
        label: "Which?".to_owned(),
        optional: key == "b",
        answer,
    };
    let option =
        |value: &str| DropdownOption { label: "Grün".to_owned(), value: value.to_owned() };
    let text =
        AskedText { default_value: some("123"), minimum_length: Some(2), maximum_length: Some(5) };
    let dropdown = CustomAnswer::Dropdown {
        options: vec![option("x"), option("y")],
        default_value: some("y"),
    };
    vec![
        field("a", dropdown),
        field("b", CustomAnswer::Numeric(AskedText::default())),
        field("c", CustomAnswer::Text(text)),
    ]
}

fn some(text: &str) -> Option<String> {
    Some(text.to_owned())
}

pub(super) async fn sessions_are_filtered_by_their_customer<S: Store>(store: &Arc<S>) {
    let mut shop = Shop::new(store);
    let (jenny, nameless) = (full_customer(&mut shop.make), bare_customer(&mut shop.make));
    let of = |customer: &Customer| CreateCollection {
        customer: Some(customer.id.clone()),
        ..CreateCollection::default()
    };
    let made = [
        session_that_collects(&mut shop, CreateCollection::default(), &jenny),
        session_that_collects(&mut shop, of(&jenny), &jenny),
        session_that_collects(&mut shop, of(&nameless), &nameless),
    ];
    for session in &made {
        shop.insert(Record::CheckoutSession(session.clone())).await.unwrap();
    }
    let listed = async |filter: CheckoutSessionFilter| {
        let list = sessions(&shop, &filter).await;
        which(&made, |session| list.contains(session))
    };
    let of =
        |id: &CustomerId| CheckoutSessionFilter { customer: Some(id.clone()), ..any_session(NOW) };
    assert_eq!(listed(of(&jenny.id)).await, [1]);
    assert_eq!(listed(of(&nameless.id)).await, [2]);
    assert_eq!(listed(of(&CustomerId::from("cus_none"))).await, [0_usize; 0]);
    // A session shows the address of its customer, and is found by it.
    let email = jenny.details.email.clone();
    let by_email = CheckoutSessionFilter { customer_email: email, ..any_session(NOW) };
    assert_eq!(listed(by_email).await, [1]);
}

fn session_that_collects<S: Store>(
    shop: &mut Shop<'_, S>,
    collection: CreateCollection,
    customer: &Customer,
) -> CheckoutSession {
    let product = shop.make.product("Tea");
    let price = shop.make.price(&product, 500);
    shop.make.session_that_collects(collection, customer, &[&price])
}
