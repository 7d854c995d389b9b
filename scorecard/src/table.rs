//! [`table`]: the results as aligned text, two lines a row: what stock tools did, and what onpar did.

use core::result::Result;

use crate::measured::Measured;
use crate::row;

/// What no line is longer than.
pub const WIDTH: usize = 140;

const HEAD: [&str; COLUMNS] = ["point", "executor", "program", "with", "wrong", "", "time", "verdict"];
const COLUMNS: usize = 8;
/// Numbers end where the column ends.
const RIGHT: [usize; 2] = [4, 6];

/// The results, one below the other, and what they come to.
pub fn table(results: &[row::Result]) -> String {
    let mut lines = vec![HEAD.map(str::to_owned)];
    for it in results {
        let row = [it.row.point.name, it.row.executor.name(), it.row.case.what];
        lines.push(line(row, "stock", &it.stock, ""));
        lines.push(line([""; 3], "onpar", &it.onpar, it.verdict()));
    }
    let widths: [usize; COLUMNS] =
        core::array::from_fn(|column| lines.iter().map(|line| line[column].chars().count()).max().unwrap_or(0));
    let mut text: Vec<_> = lines.iter().map(|line| align(line, widths)).collect();
    text.push(format!("\n{}", summary(results)));
    text.join("\n")
}

fn line(row: [&str; 3], tools: &str, side: &Result<Measured, String>, verdict: &str) -> [String; COLUMNS] {
    let [wrong, says, time] = match side {
        Ok(measured) => [
            format!("{}/{}", measured.failures, measured.runs),
            measured.words(),
            measured.time.map_or_else(String::new, |time| time.to_string()),
        ],
        Err(words) => [String::new(), words.clone(), String::new()],
    };
    let [point, executor, program] = row.map(str::to_owned);
    [point, executor, program, tools.to_owned(), wrong, says, time, verdict.to_owned()]
}

fn align(line: &[String; COLUMNS], widths: [usize; COLUMNS]) -> String {
    let cell = |(column, (cell, width)): (usize, (&String, usize))| {
        if RIGHT.contains(&column) { format!("{cell:>width$}") } else { format!("{cell:<width$}") }
    };
    let cells: Vec<_> = line.iter().zip(widths).enumerate().map(cell).collect();
    cells.join("  ").trim_end().to_owned()
}

/// The last line.
fn summary(results: &[row::Result]) -> String {
    let count = |is: fn(&row::Result) -> bool| results.iter().filter(|it| is(it)).count();
    let mut text = format!("{} of {} rows pass", count(row::Result::passes), results.len());
    let wrong = count(row::Result::is_onpar_wrong);
    if wrong > 0 {
        text += &format!("; onpar goes wrong in {wrong}");
    }
    let shows_nothing = count(row::Result::is_stock_right);
    if shows_nothing > 0 {
        text += &format!("; the baseline goes right, so that the row shows nothing, in {shows_nothing}");
    }
    text
}
