//! Progress and verdicts for the person who waits at the terminal.

use std::io::{IsTerminal, stderr, stdout};

use crate::target::Target;

/// A line of progress. It goes to standard error, so that a redirected report stays clean.
pub fn progress(text: &str) {
    if coloured(stderr().is_terminal()) {
        eprintln!("\x1b[2m{text}\x1b[0m");
    } else {
        eprintln!("{text}");
    }
}

/// The report, and then which targets were missed.
pub fn conclude(report: &str, targets: &[Target]) {
    println!("{report}");
    let coloured = coloured(stdout().is_terminal());
    for target in targets {
        let (word, colour) = if target.met { ("met   ", "32") } else { ("missed", "31") };
        let Target { name, wanted, measured, .. } = target;
        if coloured {
            println!("\x1b[{colour}m{word}\x1b[0m  {name}: {measured} ({wanted})");
        } else {
            println!("{word}  {name}: {measured} ({wanted})");
        }
    }
}

fn coloured(terminal: bool) -> bool {
    terminal && std::env::var_os("NO_COLOR").is_none()
}
