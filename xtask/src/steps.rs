//! A list of steps: each is announced, run and timed; a failing one does not keep the others from running.

use std::time::Duration;

use anyhow::{Result, bail};

use crate::tool;

/// The steps run so far.
pub(crate) struct Steps {
    done: Vec<Done>,
    left_out: Vec<String>,
}

struct Done {
    name: String,
    took: Duration,
    failure: Option<String>,
}

impl Steps {
    pub(crate) fn new() -> Self {
        Self {
            done: Vec::new(),
            left_out: Vec::new(),
        }
    }

    /// Runs a step; `true` if it succeeded.
    pub(crate) fn run(&mut self, name: &str, step: impl FnOnce() -> Result<()>) -> bool {
        println!("\n==> {name}");
        let start = tool::now();
        let failure = step().err().map(|error| format!("{error:#}"));
        let took = start.elapsed();
        match &failure {
            None => println!("<== {name}: {:.1} s", took.as_secs_f64()),
            Some(failure) => println!("<== {name}: FAILED after {:.1} s: {failure}", took.as_secs_f64()),
        }
        let good = failure.is_none();
        self.done.push(Done {
            name: name.to_owned(),
            took,
            failure,
        });
        good
    }

    /// Notes what was not run, and how to get it.
    pub(crate) fn leave_out(&mut self, what: impl Into<String>) {
        self.left_out.push(what.into());
    }

    /// Prints the summary; an error if a step failed.
    pub(crate) fn finish(self) -> Result<()> {
        println!("\n==> summary");
        let mut total = Duration::ZERO;
        for done in &self.done {
            total += done.took;
            let mark = if done.failure.is_some() { "FAILED" } else { "ok" };
            println!("{mark:>8} {:>8.1} s  {}", done.took.as_secs_f64(), done.name);
        }
        println!("{:>8} {:>8.1} s  in all", "", total.as_secs_f64());
        for what in &self.left_out {
            println!("left out: {what}");
        }
        let failed: Vec<_> = self
            .done
            .iter()
            .filter(|it| it.failure.is_some())
            .map(|it| it.name.as_str())
            .collect();
        if !failed.is_empty() {
            bail!("failed: {}", failed.join(", "));
        }
        if self.left_out.is_empty() {
            println!("nothing was left out");
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_failure_fails_the_whole_but_the_rest_runs() {
        let mut steps = Steps::new();
        assert!(!steps.run("bad", || bail!("broken")));
        assert!(steps.run("good", || Ok(())));
        let failure = steps.finish().unwrap_err().to_string();
        assert_eq!(failure, "failed: bad");
    }

    #[test]
    fn leaving_out_is_no_failure() {
        let mut steps = Steps::new();
        steps.leave_out("the browser");
        steps.finish().unwrap();
    }
}
