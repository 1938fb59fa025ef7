//! The figures of one measurement, and medians over several.

use std::time::Duration;

use anyhow::{Context, Result};
use hdrhistogram::Histogram;

/// One measurement of one server. Times are in milliseconds.
#[derive(Clone, Copy)]
pub struct Sample {
    /// Answers per second.
    pub rate: f64,
    pub p50: f64,
    pub p90: f64,
    pub p99: f64,
    pub max: f64,
    /// Time that the server spent on cores for each answer.
    pub server_cpu: f64,
    /// Part of one core that the load generator used.
    pub generator: f64,
}

/// Latencies in nanoseconds, and how many answers came within the measured window.
#[derive(Default)]
pub struct Record {
    pub latencies: Vec<u64>,
    pub answers: u64,
}

/// Time spent on cores within the measured window.
#[derive(Clone, Copy)]
pub struct CpuTimes {
    pub server: Duration,
    pub generator: Duration,
}

impl Sample {
    pub fn new(records: &[Record], window: Duration, cpu: CpuTimes) -> Result<Self> {
        // Up to a minute, with three digits.
        let mut histogram = Histogram::<u64>::new_with_bounds(1, 60_000_000_000, 3)?;
        for latency in records.iter().flat_map(|record| &record.latencies) {
            histogram.saturating_record(*latency);
        }
        let answers: u64 = records.iter().map(|record| record.answers).sum();
        let answers = u32::try_from(answers)?;
        let at = |quantile| nanoseconds(histogram.value_at_quantile(quantile));
        Ok(Self {
            rate: f64::from(answers) / window.as_secs_f64(),
            p50: at(0.5),
            p90: at(0.9),
            p99: at(0.99),
            max: nanoseconds(histogram.max()),
            server_cpu: milliseconds(
                cpu.server.checked_div(answers).context("no answer came within the window")?,
            ),
            generator: cpu.generator.as_secs_f64() / window.as_secs_f64(),
        })
    }
}

pub fn milliseconds(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1000.0
}

/// The middle value; of an even number the mean of the middle two.
pub fn median(values: impl IntoIterator<Item = f64>) -> f64 {
    let mut values: Vec<f64> = values.into_iter().collect();
    values.sort_by(f64::total_cmp);
    match values.len() {
        0 => f64::NAN,
        count if count % 2 == 1 => values[count / 2],
        count => f64::midpoint(values[count / 2 - 1], values[count / 2]),
    }
}

fn nanoseconds(value: u64) -> f64 {
    milliseconds(Duration::from_nanos(value))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_does_not_depend_on_the_order() {
        assert!((median([3.0, 1.0, 2.0]) - 2.0).abs() < 1e-9);
        assert!((median([4.0, 1.0, 3.0, 2.0]) - 2.5).abs() < 1e-9);
        assert!(median([]).is_nan());
    }

    #[test]
    fn percentiles_come_from_all_connections_together() {
        let record = |range: std::ops::RangeInclusive<u64>| Record {
            latencies: range.map(|ms| ms * 1_000_000).collect(),
            answers: 50,
        };
        let cpu =
            CpuTimes { server: Duration::from_millis(200), generator: Duration::from_millis(500) };
        let records = [record(1..=50), record(51..=100)];
        let sample = Sample::new(&records, Duration::from_secs(1), cpu).unwrap();
        let near = |value: f64, wanted: f64| assert!((value - wanted).abs() < 0.1, "{value}");
        near(sample.rate, 100.0);
        near(sample.p50, 50.0);
        near(sample.p99, 99.0);
        near(sample.max, 100.0);
        near(sample.server_cpu, 2.0);
        near(sample.generator, 0.5);
    }

    #[test]
    fn a_window_without_answers_is_an_error() {
        let cpu = CpuTimes { server: Duration::ZERO, generator: Duration::ZERO };
        assert!(Sample::new(&[], Duration::from_secs(1), cpu).is_err());
    }
}
