//! What the attributes write, for everyone to read: the folder `expansions` beside this one has small programs, and beside each
//! what becomes of it.
//!
//! So a change of what they write is a change of a file that somebody reads. These commands check the files, and write them
//! anew:
//!
//! ```text
//! cargo test -p onpar-macros expansions
//! ONPAR_EXPANSIONS=overwrite cargo test -p onpar-macros expansions
//! ```

use std::path::{Path, PathBuf};
use std::{env, fs, thread};

use proc_macro2::TokenStream;
use syn::{Attribute, Item, Meta};

use crate::runtime::{self, runtime};
use crate::trait_variant::trait_variant;

/// What a file that was written ends in.
const WRITTEN: &str = "expanded.rs";

#[test]
fn each_program_becomes_what_stands_beside_it() {
    let overwrite = env::var("ONPAR_EXPANSIONS").is_ok_and(|wish| wish == "overwrite");
    let programs = programs();
    assert!(!programs.is_empty(), "the programs have moved");
    for program in programs {
        // Each on a thread of its own, or the numbers in exported names would depend on how many programs there are.
        let written = thread::scope(|threads| threads.spawn(|| expanded(&program)).join().expect("the program is one"));
        let beside = program.with_extension(WRITTEN);
        if overwrite {
            fs::write(&beside, written).expect("the folder can be written to");
            continue;
        }
        let known = fs::read_to_string(&beside).unwrap_or_default();
        if let Some(at) = difference(&known, &written) {
            panic!(
                "{} differs, {at}\nrun again with ONPAR_EXPANSIONS=overwrite, and read what has changed",
                beside.display()
            );
        }
    }
}

#[test]
fn no_expansion_is_left_of_a_program_that_is_gone() {
    let programs: Vec<_> = programs().iter().map(|program| program.with_extension(WRITTEN)).collect();
    for file in files().iter().filter(|file| is_written(file)) {
        assert!(programs.contains(file), "{} is of no program", file.display());
    }
}

fn files() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("expansions");
    let files = fs::read_dir(folder).expect("the folder is there");
    let mut files: Vec<_> = files.map(|file| file.expect("a file").path()).collect();
    files.sort();
    files
}

fn programs() -> Vec<PathBuf> {
    files().into_iter().filter(|file| !is_written(file)).collect()
}

fn is_written(file: &Path) -> bool {
    file.to_string_lossy().ends_with(WRITTEN)
}

/// The program as the compiler gets it from the attributes.
fn expanded(program: &Path) -> String {
    let name = program.file_name().unwrap_or_default().to_string_lossy();
    let source = fs::read_to_string(program).expect("a file");
    let file = syn::parse_file(&source).unwrap_or_else(|error| panic!("{name}: {error}"));
    let mut text = format!("//! What becomes of `{name}`.\n");
    for item in file.items.into_iter().flat_map(|item| of_item(item, &name)) {
        text.push('\n');
        text.push_str(&shown(&item));
    }
    text
}

/// As a text. What stands in a macro around items is shown as items, too.
fn shown(item: &Item) -> String {
    if let Item::Macro(it) = item
        && let Ok(inner) = it.mac.parse_body_with(|input: syn::parse::ParseStream<'_>| {
            core::iter::from_fn(|| (!input.is_empty()).then(|| input.parse())).collect::<syn::Result<Vec<Item>>>()
        })
        && it.ident.is_none()
    {
        let path = &it.mac.path;
        let path = quote::quote!(#path).to_string().replace(' ', "");
        let inner = inner.iter().map(shown).collect::<Vec<_>>().join("\n");
        let lines = inner.lines().map(|line| if line.is_empty() { "\n".into() } else { format!("    {line}\n") });
        return format!("{path}! {{\n{}}}\n", lines.collect::<String>());
    }
    prettyplease::unparse(&syn::File { shebang: None, attrs: Vec::new(), items: vec![item.clone()] })
}

fn of_item(mut item: Item, name: &str) -> Vec<Item> {
    let attributes = match &mut item {
        Item::Trait(it) => &mut it.attrs,
        Item::Impl(it) => &mut it.attrs,
        Item::Fn(it) => &mut it.attrs,
        _ => return vec![item],
    };
    let found = attributes.iter().enumerate().find_map(|(at, attribute)| Some((at, expand(attribute)?)));
    let Some((at, expand)) = found else { return vec![item] };
    let options = match attributes.remove(at).meta {
        Meta::List(list) => list.tokens,
        _ => TokenStream::new(),
    };
    let written = expand(options, quote::quote!(#item));
    syn::parse2::<syn::File>(written).unwrap_or_else(|error| panic!("{name}: {error}")).items
}

/// What an attribute of this crate makes of its options and an item.
type Expand = fn(TokenStream, TokenStream) -> TokenStream;

/// That of an attribute, if it is one of ours.
fn expand(attribute: &Attribute) -> Option<Expand> {
    let path = &attribute.path().segments;
    match path.last()?.ident.to_string().as_str() {
        "trait_variant" => Some(trait_variant),
        "main" => Some(|options, item| runtime(runtime::Attribute::Main, options, item)),
        "test" if path.len() > 1 => Some(|options, item| runtime(runtime::Attribute::Test, options, item)),
        _ => None,
    }
}

/// Where two texts begin to differ.
fn difference(known: &str, written: &str) -> Option<String> {
    let line = known.lines().zip(written.lines()).position(|(known, written)| known != written);
    let shorter = known.lines().count().min(written.lines().count());
    let line = line.or_else(|| (known.lines().count() != written.lines().count()).then_some(shorter))?;
    let [was, is] = [known, written].map(|text| text.lines().nth(line).unwrap_or("(nothing)"));
    Some(format!("from line {} on:\n- {was}\n+ {is}", line + 1))
}

#[test]
fn a_change_is_found_where_it_begins() {
    assert_eq!(difference("a\nb\n", "a\nb\n"), None);
    assert_eq!(difference("a\nb\n", "a\nc\n"), Some("from line 2 on:\n- b\n+ c".into()));
    assert_eq!(difference("a\n", "a\nb\n"), Some("from line 2 on:\n- (nothing)\n+ b".into()));
}
