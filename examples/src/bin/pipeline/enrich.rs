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
    let bar = bar(file.metadata().await?.len());
    let (mut output, mut written) = (guard(Output::create(output).await?), 0);
    let records = numbered(lines(file))
        .concurrent(at_once)
        .progress(Tokio::current()?, TICK, |progress| show(&bar, &progress))
        .map(async |(number, line)| {
            let line = line?;
            let words = service.ask(number, &line).await.with_context(|| format!("line {number}"))?;
            Ok(Record { text: format!("{number}\t{words}\n"), read: line.len() as u64 + 1 })
        });
    records
        .try_for_each_mut(async |record: Result<Record>| {
            let Record { text, read } = record?;
            output.write(&text).await?;
            bar.inc(read);
            written += 1;
            Ok::<(), anyhow::Error>(())
        })
        .await?;
    bar.finish_and_clear();
    output.close().await?; // dropped without this, for whatever reason, it removes what has been written
    Ok(written)
}

/// What is written of a line.
struct Record {
    text: String,
    /// How many bytes the line had.
    read: u64,
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

/// A bar for so many bytes. Nothing is shown where there is no terminal.
fn bar(bytes: u64) -> ProgressBar {
    let bar = ProgressBar::new(bytes);
    if let Ok(style) = ProgressStyle::with_template("{wide_bar} {bytes}/{total_bytes}, {msg}") {
        bar.set_style(style);
    }
    bar
}

fn show(bar: &ProgressBar, Progress { done, in_flight, per_second, .. }: &Progress) {
    bar.set_message(format!("{done} lines, {in_flight} under way, {per_second:.0} per second"));
}
