//! Commands on the server.

use super::COUNT;
use super::connection::{missing_words, unknown_subcommand};
use crate::decoder::Request;
use crate::glob;
use crate::next::Next;
use crate::peer::Peer;
use crate::replies::Replies;

pub(super) fn info(peer: &mut Peer<'_>, request: Request<'_>, out: &mut Replies) -> Next {
    let wanted = |section: &str| {
        request.len() == 1 || request.words_from(1).any(|word| word.eq_ignore_ascii_case(section.as_bytes()))
    };
    let sections = peer.state().info();
    let wanted = sections.iter().filter(|(section, _)| wanted(section));
    let text = wanted.map(|(section, lines)| format!("# {section}\r\n{lines}")).collect::<Vec<_>>().join("\r\n");
    out.bulk(text.as_bytes());
    Next::Input
}

/// Settings are given on the command line, and can be asked for.
pub(super) fn config(peer: &mut Peer<'_>, request: Request<'_>, out: &mut Replies) -> Next {
    let word = request.word(1).unwrap_or_default();
    match &*word.to_ascii_uppercase() {
        b"GET" if request.len() == 2 => missing_words("config|get", out),
        b"GET" => {
            let all = peer.state().settings();
            let wanted = |name: &str| {
                request.words_from(2).any(|word| glob::matches(&word.to_ascii_lowercase(), name.as_bytes()))
            };
            let found: Vec<_> = all.iter().filter(|(name, _)| wanted(name)).collect();
            let words: Vec<_> = found.iter().flat_map(|(name, value)| [name.as_bytes(), value.as_bytes()]).collect();
            out.bulks(words.into_iter());
        }
        b"SET" | b"RESETSTAT" | b"REWRITE" => out.error("ERR", "settings are given on the command line"),
        _ => unknown_subcommand("CONFIG", word, out),
    }
    Next::Input
}

/// Tools ask for documentation, and go on without.
pub(super) fn command(_: &mut Peer<'_>, request: Request<'_>, out: &mut Replies) -> Next {
    match request.word(1) {
        Some(word) if word.eq_ignore_ascii_case(b"COUNT") => out.count(COUNT),
        Some(word) if !word.eq_ignore_ascii_case(b"DOCS") => unknown_subcommand("COMMAND", word, out),
        _ => out.array(0),
    }
    Next::Input
}

/// There is no reply but the end of the connection.
pub(super) fn shutdown(_: &mut Peer<'_>, request: Request<'_>, out: &mut Replies) -> Next {
    match request.word(1).map(<[u8]>::to_ascii_lowercase).as_deref() {
        None | Some(b"save" | b"nosave" | b"now" | b"force") => Next::Shutdown,
        Some(_) => {
            out.error("ERR", "syntax error");
            Next::Input
        }
    }
}
