//! Splitting an amount into parts that add up to it again.

/// One of those among whom an amount is split.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Claim {
    /// How much of the whole it has a right to, zero or more.
    pub(crate) weight: i64,
    /// Its rank: of two with the same remainder, the one with the smaller rank gets the unit.
    pub(crate) rank: u32,
}

/// One part of a split amount.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Share {
    /// In proportion, rounded down.
    pub floor: i64,
    /// Whether one of the units that rounding down left over went here.
    pub has_extra: bool,
}

impl Share {
    /// The whole part.
    #[must_use]
    pub const fn amount(self) -> i64 {
        if self.has_extra { self.floor.saturating_add(1) } else { self.floor }
    }
}

/// Splits `total`, zero or more and at most the sum of the weights, in proportion to the weights:
/// each part is rounded down, and the units left over go one each to the largest remainders.
///
/// No part is more than its weight, and the parts add up to `total`. The order of the claims has
/// no influence: ties go by rank.
pub(crate) fn split(total: i64, claims: &[Claim]) -> Vec<Share> {
    let whole: i128 = claims.iter().map(|claim| i128::from(claim.weight)).sum();
    // Two numbers of 63 bits make one of 126, which an i128 holds.
    let product = |claim: &Claim| i128::from(total).saturating_mul(i128::from(claim.weight));
    let remainder = |claim: &Claim| product(claim).checked_rem(whole).unwrap_or(0);
    let mut shares: Vec<Share> = claims
        .iter()
        .map(|claim| {
            let floor = product(claim).checked_div(whole).unwrap_or(0);
            Share { floor: i64::try_from(floor).unwrap_or(0), has_extra: false }
        })
        .collect();
    let given: i128 = shares.iter().map(|share| i128::from(share.floor)).sum();
    let left = usize::try_from(i128::from(total).saturating_sub(given)).unwrap_or(0);
    if left == 0 || whole == 0 {
        return shares;
    }
    let mut order: Vec<(i128, u32, usize)> = claims
        .iter()
        .enumerate()
        .map(|(index, claim)| (remainder(claim).saturating_neg(), claim.rank, index))
        .collect();
    // As many units are left as remainders make up, so fewer than there are claims. Only who is
    // among the first matters, not their order.
    if let Some(last) = left.checked_sub(1).filter(|last| *last < order.len()) {
        order.select_nth_unstable(last);
    }
    for (_, _, index) in order.iter().take(left) {
        if let Some(share) = shares.get_mut(*index) {
            share.has_extra = true;
        }
    }
    shares
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn claims(weights: &[i64]) -> Vec<Claim> {
        weights.iter().zip(0..).map(|(weight, rank)| Claim { weight: *weight, rank }).collect()
    }

    fn amounts(total: i64, claims: &[Claim]) -> Vec<i64> {
        split(total, claims).into_iter().map(Share::amount).collect()
    }

    #[test]
    fn units_left_over_go_to_the_largest_remainders_then_to_the_earlier() {
        for (total, weights, expected) in [
            (700, &[5997, 1000][..], &[600, 100][..]),
            (10, &[1, 1, 1].map(|weight| weight * 100), &[4, 3, 3]),
            (2, &[100, 100, 100], &[1, 1, 0]),
            (100, &[999, 1], &[100, 0]),
            (0, &[5, 5], &[0, 0]),
            (0, &[0, 0], &[0, 0]),
            (0, &[], &[]),
            (i64::MAX, &[i64::MAX, 0], &[i64::MAX, 0]),
        ] {
            assert_eq!(amounts(total, &claims(weights)), expected, "{total} over {weights:?}");
        }
    }

    proptest! {
        #[test]
        fn parts_sum_to_the_whole_and_none_is_more_than_its_weight(
            weights in prop::collection::vec(0i64..=99_999_999, 1..30),
            percent in 0i64..=100,
        ) {
            let whole: i64 = weights.iter().sum();
            let total = whole * percent / 100;
            let parts = amounts(total, &claims(&weights));
            prop_assert_eq!(parts.iter().sum::<i64>(), total);
            for (part, weight) in parts.iter().zip(&weights) {
                prop_assert!(part <= weight);
            }
        }

        #[test]
        fn the_order_of_the_claims_has_no_influence(
            weights in prop::collection::vec(0i64..50, 1..12),
            total in 0i64..50,
            seed in prop::collection::vec(any::<u32>(), 12),
        ) {
            let claims = claims(&weights);
            let total = total.min(weights.iter().sum());
            let mut shuffled: Vec<(u32, Claim)> =
                seed.into_iter().zip(claims.iter().copied()).collect();
            shuffled.sort_by_key(|(key, _)| *key);
            let shuffled: Vec<Claim> = shuffled.into_iter().map(|(_, claim)| claim).collect();
            let by_rank = |claims: &[Claim]| {
                let mut parts: Vec<(u32, i64)> =
                    claims.iter().map(|claim| claim.rank).zip(amounts(total, claims)).collect();
                parts.sort_unstable();
                parts
            };
            prop_assert_eq!(by_rank(&claims), by_rank(&shuffled));
        }
    }
}
