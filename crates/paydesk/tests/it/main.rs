//! Tests of the real program, as a child process: how it starts, stops, logs and is killed, and
//! what connections it takes.

mod backup;
mod connections;
#[cfg(target_os = "linux")]
mod disk_full;
mod doctor;
mod export;
mod keys;
mod kill;
mod logs;
#[cfg(target_os = "linux")]
mod power_cut;
mod seed;
mod start;
mod stop;
mod support;
mod tax_table;
mod timers;
