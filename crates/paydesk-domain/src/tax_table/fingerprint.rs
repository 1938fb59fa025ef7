//! A number that texts always give again: FNV-1a in 128 bits.
//!
//! It tells entries of one operator's table apart. It does not keep out somebody who looks for two
//! with the same number, which would be the operator.

/// The number of everything that was added so far.
pub(super) struct Fingerprint(u128);

impl Fingerprint {
    const BASIS: u128 = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d;
    const PRIME: u128 = 0x0000_0000_0100_0000_0000_0000_0000_013b;

    pub(super) const fn new() -> Self {
        Self(Self::BASIS)
    }

    pub(super) fn add(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u128::from(*byte)).wrapping_mul(Self::PRIME);
        }
    }

    /// Adds a text so that it can't run into the next one, and an empty one is not a missing one.
    pub(super) fn add_text(&mut self, text: Option<&str>) {
        let Some(text) = text else {
            return self.add(&[0]);
        };
        self.add(&[1]);
        // The same width on every machine.
        self.add(&u64::try_from(text.len()).unwrap_or(u64::MAX).to_be_bytes());
        self.add(text.as_bytes());
    }

    pub(super) const fn number(&self) -> u128 {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Published test values of FNV-1a.
    #[test]
    fn it_is_the_function_that_others_know() {
        let of = |text: &str| {
            let mut fingerprint = Fingerprint::new();
            fingerprint.add(text.as_bytes());
            fingerprint.number()
        };
        assert_eq!(of(""), 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d);
        assert_eq!(of("a"), 0xd228_cb69_6f1a_8caf_7891_2b70_4e4a_8964);
        assert_eq!(of("foobar"), 0x343e_1662_793c_64bf_6f0d_3597_ba44_6f18);
    }
}
