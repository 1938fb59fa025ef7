//! Cheap random numbers for idempotency keys, which only have to differ from each other.

use std::hash::{BuildHasher, RandomState};

/// A xorshift generator, seeded differently in each run.
pub struct Random(u64);

impl Random {
    pub fn new() -> Self {
        // The standard library seeds its hashers from the operating system.
        Self(RandomState::new().hash_one("seed") | 1)
    }

    pub fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_F491_4F6C_DD1D)
    }

    /// Overwrites 36 bytes with the text of a random UUID of version 4.
    pub fn write_uuid(&mut self, target: &mut [u8]) {
        let (high, low) = (self.next().to_be_bytes(), self.next().to_be_bytes());
        let nibbles = high.iter().chain(&low).flat_map(|byte| [byte >> 4, byte & 15]);
        let places = (0..36).filter(|place| !matches!(place, 8 | 13 | 18 | 23));
        for (place, nibble) in places.zip(nibbles) {
            let digit = match place {
                14 => 4,
                19 => 8 | (nibble & 3),
                _ => nibble,
            };
            target[place] = b"0123456789abcdef"[usize::from(digit)];
        }
        for dash in [8, 13, 18, 23] {
            target[dash] = b'-';
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn a_uuid_has_its_dashes_and_its_version() {
        let mut text = [b'?'; 36];
        Random::new().write_uuid(&mut text);
        let text = String::from_utf8(text.to_vec()).unwrap();
        let lengths: Vec<usize> = text.split('-').map(str::len).collect();
        assert_eq!(lengths, [8, 4, 4, 4, 12]);
        assert_eq!(text.as_bytes()[14], b'4');
        assert!(text.chars().all(|c| c == '-' || c.is_ascii_hexdigit()), "{text}");
    }

    #[test]
    fn uuids_differ_within_and_between_generators() {
        let mut seen = HashSet::new();
        for _ in 0..20 {
            let mut random = Random::new();
            for _ in 0..500 {
                let mut text = [0; 36];
                random.write_uuid(&mut text);
                assert!(seen.insert(text));
            }
        }
    }
}
