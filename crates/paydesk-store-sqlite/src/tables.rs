//! The tables of objects: how each is written, made from one list of its columns.

/// The statements that write a table of objects. Their values are in one order: what every write
/// gives first (version, body, the columns that change), then what finds the row (ordinal, sandbox,
/// id), then the columns that are written once, or the version that is replaced.
#[derive(Debug)]
pub(crate) struct Table {
    pub(crate) kind: Kind,
    pub(crate) name: &'static str,
    pub(crate) insert: &'static str,
    pub(crate) update: &'static str,
    /// Finds the row by sandbox, id and version.
    pub(crate) delete: &'static str,
}

/// What a table holds, for those who keep its objects at hand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Product,
    Price,
    Coupon,
    ShippingRate,
    TaxRate,
    DeletedCoupon,
    PromotionCode,
    WebhookEndpoint,
    Customer,
    DeletedCustomer,
}

impl Kind {
    /// Whether the cache keeps objects of this kind.
    pub(crate) const fn is_kept(self) -> bool {
        match self {
            Self::Product | Self::Price | Self::TaxRate => true,
            Self::Coupon
            | Self::ShippingRate
            | Self::DeletedCoupon
            | Self::PromotionCode
            | Self::WebhookEndpoint
            | Self::Customer
            | Self::DeletedCustomer => false,
        }
    }
}

/// A place for the value of a column.
macro_rules! place {
    ($column:literal) => {
        ", ?"
    };
}

macro_rules! table {
    (
        $kind:ident,
        $name:literal,
        changing: [$($changing:literal),*],
        kept: [$($kept:literal),*]
    ) => {
        Table {
            kind: Kind::$kind,
            name: $name,
            insert: concat!(
                "INSERT INTO ", $name, " (version, body",
                $(", ", $changing,)*
                ", ordinal, sandbox, id",
                $(", ", $kept,)*
                ") VALUES (?, ?",
                $(place!($changing),)*
                ", ?, ?, ?",
                $(place!($kept),)*
                ") ON CONFLICT DO NOTHING",
            ),
            update: concat!(
                "UPDATE ", $name, " SET version = ?, body = ?",
                $(", ", $changing, " = ?",)*
                " WHERE ordinal = ? AND sandbox = ? AND id = ? AND version = ?",
            ),
            delete: concat!(
                "DELETE FROM ", $name, " WHERE sandbox = ? AND id = ? AND version = ?",
            ),
        }
    };
}

pub(crate) static PRODUCTS: Table = table!(
    Product,
    "products",
    changing: ["active", "shippable", "url", "kind"],
    kept: ["created"]
);

/// A Price's Product, currency and interval never change.
pub(crate) static PRICES: Table = table!(
    Price,
    "prices",
    changing: ["active", "lookup_key"],
    kept: ["created", "product", "currency", "is_recurring", "interval", "is_metered", "meter"]
);

pub(crate) static COUPONS: Table =
    table!(Coupon, "coupons", changing: ["is_exhausted"], kept: ["created"]);

pub(crate) static DELETED_COUPONS: Table =
    table!(DeletedCoupon, "deleted_coupons", changing: [], kept: []);

pub(crate) static PROMOTION_CODES: Table = table!(
    PromotionCode,
    "promotion_codes",
    changing: ["is_enabled", "is_exhausted"],
    kept: ["created", "expires_at", "code", "coupon", "coupon_ordinal", "customer"]
);

/// What a shipping rate costs never changes.
pub(crate) static SHIPPING_RATES: Table =
    table!(ShippingRate, "shipping_rates", changing: ["active"], kept: ["created", "currency"]);

/// How much a tax rate is and whether it is inclusive never changes.
pub(crate) static TAX_RATES: Table =
    table!(TaxRate, "tax_rates", changing: ["active"], kept: ["created", "inclusive"]);

pub(crate) static WEBHOOK_ENDPOINTS: Table =
    table!(WebhookEndpoint, "webhook_endpoints", changing: [], kept: ["created"]);
pub(crate) static CUSTOMERS: Table =
    table!(Customer, "customers", changing: ["email"], kept: ["created"]);

pub(crate) static DELETED_CUSTOMERS: Table =
    table!(DeletedCustomer, "deleted_customers", changing: [], kept: []);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_column_of_a_list_is_written_in_its_place() {
        let table = table!(Product, "teas", changing: ["active", "name"], kept: ["created"]);
        assert_eq!(
            table.insert,
            "INSERT INTO teas (version, body, active, name, ordinal, sandbox, id, created) \
             VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING"
        );
        assert_eq!(
            table.update,
            "UPDATE teas SET version = ?, body = ?, active = ?, name = ? \
             WHERE ordinal = ? AND sandbox = ? AND id = ? AND version = ?"
        );
        assert_eq!(table.delete, "DELETE FROM teas WHERE sandbox = ? AND id = ? AND version = ?");
    }
}
