//! [`enrich`]: the pipeline.
//!
//! It has three stages: lines are read when there is room for them; the service is asked about so many at once, and its answers
//! wait for their turn; one record at a time is written. While one is written, the questions go on.

use core::num::NonZero;
use core::time::Duration;
use std::io;
use std::path::Path;

use anyhow::{Context as _, Result};
use indicatif::{ProgressBar, ProgressStyle};
use onpar::iter::concurrent::Progress;
use onpar::prelude::*;
use onpar::rt::tokio_1::Tokio;
use tokio::fs::File;
use tokio::io::{AsyncBufReadExt as _, BufReader};

use crate::output::Output;
use crate::service::Service;

/// How often the bar moves.
const TICK: Duration = Duration::from_millis(100);

/// Asks the service about every line of `input`, and writes what it says to `output`. How many lines there were.
pub(crate) async fn enrich(input: &Path, output: &Path, at_once: NonZero<usize>, service: &Service) -> Result<u64> {
    let file = File::open(input).await.with_context(|| format!("cannot read `{}`", input.display()))?;
    let mut output = guard(Output::create(output).await?);
    let (bar, mut written) = (bar(), 0);
    let records = numbered(lines(file))
        .concurrent(at_once)
        .progress(Tokio::current()?, TICK, |progress| show(&bar, &progress))
        .map(async |(number, line)| {
            let words = service.ask(number, &line?).await.with_context(|| format!("line {number}"))?;
            Ok(format!("{number}\t{words}\n"))
        });
    records
        .try_for_each_mut(async |record: Result<String>| {
            output.write(&record?).await?;
            written += 1;
            Ok::<(), anyhow::Error>(())
        })
        .await?;
    bar.finish_and_clear();
    output.close().await?; // dropped without this, for whatever reason, it removes what has been written
    Ok(written)
}

/// The lines of a file, as a stream.
fn lines(file: File) -> impl Stream<Item = io::Result<String>> {
    try_stream(async move |mut y| {
        let mut lines = BufReader::new(file).lines();
        while let Some(line) = lines.next_line().await? {
            y.emit(line).await;
        }
        Ok(())
    })
}

/// As people count: from 1.
fn numbered<T>(items: impl Stream<Item = T>) -> impl Stream<Item = (usize, T)> {
    items.enumerate().map(async |(number, item)| (number + 1, item))
}

/// Nothing is shown where there is no terminal.
fn bar() -> ProgressBar {
    let bar = ProgressBar::new_spinner();
    if let Ok(style) = ProgressStyle::with_template("{spinner} {pos} lines, {msg}") {
        bar.set_style(style);
    }
    bar
}

fn show(bar: &ProgressBar, progress: &Progress) {
    bar.set_position(progress.done);
    bar.set_message(format!("{} under way, {:.0} per second", progress.in_flight, progress.per_second));
    bar.tick();
}
