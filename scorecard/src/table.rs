//! [`table`]: the results as aligned text, two lines a row: what stock tools did, and what onpar did.

use core::result::Result;

use crate::measured::Measured;
use crate::row;

/// What no line is longer than.
pub const WIDTH: usize = 140;

/// What does not fit is cut, and said in full below the table if the row fails.
const WORDS: usize = 38;

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
    text.extend(results.iter().filter(|it| !it.passes()).map(in_full));
    text.push(format!("\n{}. Times are virtual and exact where they are not said to be real.", summary(results)));
    text.join("\n")
}

fn line(row: [&str; 3], tools: &str, side: &Result<Measured, String>, verdict: &str) -> [String; COLUMNS] {
    let [wrong, says, time] = match side {
        Ok(measured) => [
            format!("{}/{}", measured.failures, measured.runs),
            cut(&measured.words()),
            measured.time.map_or_else(String::new, |time| time.to_string()),
        ],
        Err(words) => [String::new(), cut(words), String::new()],
    };
    let [point, executor, program] = row.map(str::to_owned);
    [point, executor, program, tools.to_owned(), wrong, says, time, verdict.to_owned()]
}

fn cut(words: &str) -> String {
    if words.chars().count() <= WORDS {
        words.to_owned()
    } else {
        words.chars().take(WORDS - 2).chain("..".chars()).collect()
    }
}

/// What a row that fails has to say.
fn in_full(it: &row::Result) -> String {
    let side = |side: &Result<Measured, String>| side.as_ref().map_or_else(Clone::clone, Measured::to_string);
    let (point, executor, program) = (it.row.point.name, it.row.executor.name(), it.row.case.what);
    format!("\n{point} fails on {executor}, {program}:\n  stock  {}\n  onpar  {}", side(&it.stock), side(&it.onpar))
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
    let mut words = vec![format!("{} of {} rows pass", count(row::Result::passes), results.len())];
    let wrong = count(row::Result::is_onpar_wrong);
    if wrong > 0 {
        words.push(format!("onpar goes wrong in {wrong}"));
    }
    let shows_nothing = count(row::Result::is_stock_unexpected);
    if shows_nothing > 0 {
        words.push(format!(
            "stock tools do not do what is said of them, so that the row shows nothing, in {shows_nothing}"
        ));
    }
    words.join("; ")
}
