//! What a session in subscription mode begins, as far as amounts depend on it: trials, the day on
//! which periods begin, and what is due for the time until then.

use super::Mode;
use super::discount::Discount;
use super::line_rules::PricedLine;
use super::refusal::SubscriptionRefusal;
use crate::catalog::Recurring;
use crate::coupon::Off;
use crate::id::TaxRateId;
use crate::time::Timestamp;

/// The most days of a trial.
pub const TRIAL_DAYS_MAX: u32 = 730;
/// How far ahead a trial's end is at least, in seconds: two days.
const TRIAL_END_AHEAD_SECONDS: i64 = 2 * 86_400;
const DAY_SECONDS: i64 = 86_400;

/// What a subscription begins with. Mirrors Stripe's `subscription_data`.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct SubscriptionTerms {
    /// For how long nothing is charged for recurring lines.
    pub trial: Option<Trial>,
    /// What happens when the trial ends without a payment method, where the shop said.
    pub missing_payment_method: Option<MissingPaymentMethod>,
    /// When full periods begin. Mirrors `billing_cycle_anchor`.
    pub billing_cycle_anchor: Option<Timestamp>,
    /// What is charged for the time until then.
    pub proration_behavior: Option<ProrationBehavior>,
    /// The rates of lines that have none of their own. Mirrors `default_tax_rates`.
    pub default_tax_rates: Vec<TaxRateId>,
}

/// For how long nothing is charged for recurring lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trial {
    /// For so many days from when the subscription begins, 1 to 730. Mirrors `trial_period_days`.
    Days(u32),
    /// Until an instant, at least two days ahead when it is set. Mirrors `trial_end`.
    Until(Timestamp),
}

/// What happens when a trial ends without a payment method. Mirrors
/// `trial_settings.end_behavior.missing_payment_method`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MissingPaymentMethod {
    /// The subscription ends.
    Cancel,
    /// An invoice waits to be paid.
    CreateInvoice,
    /// The subscription waits.
    Pause,
}

/// What is charged for the time until the billing cycle's anchor. Mirrors `proration_behavior`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum ProrationBehavior {
    /// The part of a period.
    #[default]
    CreateProrations,
    /// Nothing.
    None,
}

/// A change of a trial. Mirrors `subscription_data` on update, where an empty text removes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TrialChange {
    /// `trial_period_days`
    Days(Option<u32>),
    /// `trial_end`
    Until(Option<Timestamp>),
}

/// How much of a recurring line is due now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Due {
    /// A whole period.
    Whole,
    /// Nothing: there is a trial, or the time until the anchor is free.
    Nothing,
    /// The time until the anchor, as a part of the period that ends there.
    Part {
        /// Seconds until the anchor.
        seconds: u64,
        /// Seconds of the period.
        of: u64,
    },
}

impl SubscriptionTerms {
    /// Checks what the terms say by themselves, when a session is created.
    pub(super) fn check(&self, mode: Mode, now: Timestamp) -> Result<(), SubscriptionRefusal> {
        if mode != Mode::Subscription {
            return Err(SubscriptionRefusal::NotInMode(mode));
        }
        if let Some(trial) = self.trial {
            trial.check(now)?;
            if self.billing_cycle_anchor.is_some() {
                return Err(SubscriptionRefusal::TrialWithAnchor);
            }
        }
        match self.billing_cycle_anchor {
            Some(anchor) if anchor <= now => Err(SubscriptionRefusal::AnchorPassed),
            Some(_) | None => Ok(()),
        }
    }

    /// Checks that the anchor suits the cart, as long as it is ahead.
    pub(super) fn check_cart(
        &self,
        lines: &[PricedLine],
        discount: Option<&Discount>,
        now: Timestamp,
    ) -> Result<(), SubscriptionRefusal> {
        let Some(anchor) = self.billing_cycle_anchor.filter(|anchor| *anchor > now) else {
            return Ok(());
        };
        let mut recurring = lines.iter().filter_map(|line| line.price.recurring);
        let latest = recurring.next().and_then(|recurring| recurring.periods_from(now, 1));
        if let Some(latest) = latest.filter(|latest| anchor > *latest) {
            return Err(SubscriptionRefusal::AnchorTooLate { latest });
        }
        let is_once = |line: &PricedLine| line.price.recurring.is_none();
        match self.proration_behavior.unwrap_or_default() {
            ProrationBehavior::None if lines.iter().any(is_once) => {
                Err(SubscriptionRefusal::OneTimeWithoutProration)
            }
            ProrationBehavior::CreateProrations
                if discount
                    .is_some_and(|discount| matches!(discount.coupon.off, Off::Amount(_))) =>
            {
                Err(SubscriptionRefusal::ProrationWithAmountOff)
            }
            ProrationBehavior::None | ProrationBehavior::CreateProrations => Ok(()),
        }
    }

    /// The terms after a trial was changed.
    pub(super) fn with_trial(
        &self,
        change: TrialChange,
        now: Timestamp,
    ) -> Result<Self, SubscriptionRefusal> {
        let trial = match (change, self.trial) {
            (TrialChange::Days(None), Some(Trial::Until(_))) => {
                return Err(SubscriptionRefusal::TrialIsUntil);
            }
            (TrialChange::Until(None), Some(Trial::Days(_))) => {
                return Err(SubscriptionRefusal::TrialIsDays);
            }
            (TrialChange::Days(days), _) => days.map(Trial::Days),
            (TrialChange::Until(end), _) => end.map(Trial::Until),
        };
        let is_new = trial != self.trial;
        let terms = Self { trial, ..self.clone() };
        if is_new {
            terms.check(Mode::Subscription, now)?;
        }
        Ok(terms)
    }

    /// How much of a line that recurs so is due now.
    #[must_use]
    pub fn due(&self, recurring: Recurring, now: Timestamp) -> Due {
        if self.trial.is_some_and(|trial| trial.end(now) > now) {
            return Due::Nothing;
        }
        let Some(anchor) = self.billing_cycle_anchor.filter(|anchor| *anchor > now) else {
            return Due::Whole;
        };
        if self.proration_behavior == Some(ProrationBehavior::None) {
            return Due::Nothing;
        }
        let begin = recurring.periods_from(anchor, -1).filter(|begin| *begin < now);
        match begin.map(|begin| (anchor.seconds_since(now), anchor.seconds_since(begin))) {
            Some((left, whole)) => {
                Due::Part { seconds: left.unsigned_abs(), of: whole.unsigned_abs() }
            }
            // The anchor is a whole period ahead, or a little more where months differ in length.
            None => Due::Whole,
        }
    }

    /// When the first whole period begins that is not paid yet, after a purchase `now`.
    #[must_use]
    pub fn next_period(&self, recurring: Recurring, now: Timestamp) -> Option<Timestamp> {
        let trial = self.trial.map(|trial| trial.end(now)).filter(|end| *end > now);
        let anchor = self.billing_cycle_anchor.filter(|anchor| *anchor > now);
        trial.or(anchor).or_else(|| recurring.periods_from(now, 1))
    }
}

impl Trial {
    /// When it ends, if the subscription begins `now`.
    #[must_use]
    pub fn end(self, now: Timestamp) -> Timestamp {
        match self {
            Self::Days(days) => now.plus_seconds(i64::from(days).saturating_mul(DAY_SECONDS)),
            Self::Until(end) => end,
        }
    }

    fn check(self, now: Timestamp) -> Result<(), SubscriptionRefusal> {
        match self {
            Self::Days(days) if days == 0 || days > TRIAL_DAYS_MAX => {
                Err(SubscriptionRefusal::TrialDays { days })
            }
            Self::Until(end) if end.seconds_since(now) < TRIAL_END_AHEAD_SECONDS => {
                Err(SubscriptionRefusal::TrialEndsTooSoon)
            }
            Self::Days(_) | Self::Until(_) => Ok(()),
        }
    }
}
