//! [`select`]: the rows that `--only` asks for.

use core::error::Error;
use core::fmt;

use crate::row::Row;
use crate::stories;

/// A name that is neither a story nor a point of one.
#[derive(Debug)]
pub struct Unknown(String);

/// The rows of the named stories and points, each once, in their own order; all of them if none is named.
///
/// # Errors
///
/// The first name that means nothing.
pub fn select(names: &[String]) -> Result<Vec<Row>, Unknown> {
    let all = Row::all();
    let means = |row: &Row, name: &String| {
        row.story.name.eq_ignore_ascii_case(name) || row.point.name.eq_ignore_ascii_case(name)
    };
    if let Some(unknown) = names.iter().find(|name| !all.iter().any(|row| means(row, name))) {
        return Err(Unknown(unknown.clone()));
    }
    let wanted = |row: &Row| names.is_empty() || names.iter().any(|name| means(row, name));
    Ok(all.into_iter().filter(wanted).collect())
}

/// Every story and point, one a line.
pub fn list() -> String {
    let mut lines = Vec::new();
    for story in stories::ALL {
        lines.push(format!("{:<5}  {}", story.name, story.title));
        lines.extend(story.points.iter().map(|point| format!("{:<5}  {}", point.name, point.what)));
    }
    lines.join("\n")
}

impl fmt::Display for Unknown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` is neither a story nor a point of one; there are:\n{}", self.0, list())
    }
}

impl Error for Unknown {}
