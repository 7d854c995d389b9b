//! The tables in the documentation: those of methods name each of std's and each of ours, in their order, and methods that there
//! are; that of the first steps leads to programs.

/// The stable methods of std's `Iterator`, as of Rust 1.95.
const STD: &str = "next size_hint count last nth step_by chain zip map for_each filter filter_map enumerate peekable \
    skip_while take_while map_while skip take scan flat_map flatten fuse inspect by_ref collect partition try_fold \
    try_for_each fold reduce all any find find_map position rposition max min max_by_key max_by min_by_key min_by rev unzip \
    copied cloned cycle sum product cmp partial_cmp eq ne lt le gt ge is_sorted is_sorted_by is_sorted_by_key";

const TABLE: &str = include_str!("../../onpar-iter/src/methods.md");
const SOURCES: [&str; 3] = [
    include_str!("../../onpar-iter/src/async_iterator.rs"),
    include_str!("../../onpar-iter/src/async_iterator_mut.rs"),
    include_str!("../../onpar-iter/src/async_iterator_with.rs"),
];

/// The names in backquotes.
fn names(cell: &str) -> Vec<&str> {
    cell.split('`').skip(1).step_by(2).collect()
}

fn exists(method: &str) -> bool {
    SOURCES
        .iter()
        .any(|source| [format!("    fn {method}("), format!("    fn {method}<")].iter().any(|it| source.contains(it)))
}

#[test]
fn the_table_names_each_method_of_std_and_methods_that_exist() {
    let rows: Vec<Vec<&str>> = TABLE
        .lines()
        .filter(|line| line.starts_with("| `"))
        .map(|line| line.split('|').map(str::trim).collect())
        .collect();
    let std: Vec<&str> = rows.iter().flat_map(|row| names(row[1])).collect();
    assert_eq!(std, STD.split_whitespace().collect::<Vec<_>>());
    for row in &rows {
        let (std, ours) = (names(row[1])[0], names(row[2]));
        match std {
            "rev" | "rposition" => assert_eq!(row[2], "-"),
            "size_hint" => assert_eq!(ours, ["Stream::size_hint"]),
            _ => {
                assert_eq!(ours[0], std);
                assert!(ours.iter().all(|name| exists(name)), "{ours:?}");
                // None that there is has been forgotten.
                let known = [format!("{std}_mut"), format!("{std}_with")];
                let there = known.iter().filter(|name| exists(name)).count();
                assert_eq!(ours.len(), there + 1, "{ours:?}");
            }
        }
    }
}

const ITERTOOLS: &str = include_str!("../../onpar-iter/src/itertools.md");
const OF_ITERTOOLS: &str = include_str!("../../onpar-iter/src/async_itertools.rs");

#[test]
fn the_table_of_itertools_names_each_method_with_its_forms_and_its_feature() {
    let trait_of_them = OF_ITERTOOLS.split("pub trait ").nth(1).unwrap_or_default();
    let methods = trait_of_them.split("    fn ").collect::<Vec<_>>();
    let expected = methods.windows(2).map(|pair| {
        let (before, method) = (pair[0], pair[1]);
        let name = method.split(['<', '(']).next().unwrap_or_default();
        let forms: &[&str] = if method.contains("AsyncFnMut") { &["", "_mut", "_with"] } else { &[""] };
        let last = before.rsplit("    }").next().unwrap_or_default();
        let feature = last.split_once("feature = \"").and_then(|(_, rest)| rest.split('"').next());
        (forms.iter().map(|form| format!("{name}{form}")).collect::<Vec<_>>(), feature)
    });
    let rows = ITERTOOLS.lines().filter(|line| line.starts_with("| `") || line.starts_with("| - "));
    let found = rows.map(|row| {
        let cells: Vec<&str> = row.split('|').map(str::trim).collect();
        (names(cells[2]).into_iter().map(String::from).collect::<Vec<_>>(), names(cells[3]).first().copied())
    });
    assert_eq!(found.collect::<Vec<_>>(), expected.collect::<Vec<_>>());
}

const RESULTS: &str = include_str!("../../onpar-iter/src/results.md");
const OF_RESULTS: &str = include_str!("../../onpar-iter/src/async_try_iterator.rs");

/// The methods of `TryStreamExt` in futures 0.3, but those that exist for `io` or for older futures, and for tests.
const TRY_STREAM_EXT: &str = "try_next map_ok map_err and_then or_else inspect_ok inspect_err err_into try_filter \
    try_filter_map try_skip_while try_take_while try_flatten try_flatten_unordered try_chunks try_ready_chunks try_collect \
    try_concat try_all try_any try_fold try_for_each try_for_each_concurrent try_buffered try_buffer_unordered into_stream";

#[test]
fn the_table_of_results_names_each_method_of_futures_and_each_of_ours_with_its_forms() {
    let rows: Vec<Vec<&str>> = RESULTS
        .lines()
        .filter(|line| line.starts_with("| `") || line.starts_with("| - "))
        .map(|line| line.split('|').map(str::trim).collect())
        .collect();
    let theirs: Vec<&str> = rows.iter().flat_map(|row| names(row[1])).collect();
    for name in TRY_STREAM_EXT.split_whitespace() {
        assert!(theirs.contains(&name), "{name}");
    }
    let mut expected: Vec<String> = Vec::new();
    for method in OF_RESULTS.split("\n    fn ").skip(1) {
        let name = method.split(['<', '(']).next().unwrap_or_default();
        let forms: &[&str] = if method.contains("AsyncFnMut") { &["", "_mut", "_with"] } else { &[""] };
        expected.extend(forms.iter().map(|form| format!("{name}{form}")));
    }
    let mut found: Vec<&str> = rows.iter().flat_map(|row| names(row[2])).collect();
    found.retain(|name| name.chars().all(|letter| letter.is_lowercase() || letter == '_'));
    expected.sort_unstable();
    found.sort_unstable();
    assert_eq!(found, expected);
}

const TIMED: &str = include_str!("../../onpar-iter/src/timed.md");
const OF_TIMED: &str = include_str!("../../onpar-iter/src/async_timed.rs");

/// The methods of tokio-stream 0.1 and of futures-time 3 that take a duration or a timer, but those of sources.
const TOKIO_STREAM: [&str; 4] = ["timeout", "timeout_repeating", "throttle", "chunks_timeout"];
const FUTURES_TIME: [&str; 5] = ["timeout", "throttle", "debounce", "sample", "buffer"];

#[test]
fn the_table_of_those_that_take_a_clock_names_each_in_its_order_and_each_of_the_others() {
    let rows: Vec<Vec<&str>> = TIMED
        .lines()
        .filter(|line| line.starts_with("| `"))
        .map(|line| line.split('|').map(str::trim).collect())
        .collect();
    let column = |number: usize| rows.iter().flat_map(|row| names(row[number])).collect::<Vec<_>>();
    let methods = OF_TIMED.split("\n    fn ").skip(1).filter_map(|method| method.split(['<', '(']).next());
    assert_eq!(column(1), methods.collect::<Vec<_>>());
    assert_eq!(column(2), TOKIO_STREAM);
    let mut of_futures_time = column(3);
    of_futures_time.sort_unstable();
    let mut expected = FUTURES_TIME;
    expected.sort_unstable();
    assert_eq!(of_futures_time, expected);
}

/// What lets a plain closure in, of those that take what is bounded by this line.
fn for_plain_closures(bound: &str) -> &str {
    let arguments = bound.split("+ FnMut(").nth(1).and_then(|rest| rest.split(") ->").next()).unwrap_or_default();
    let kinds = arguments.split_terminator(", ").map(|argument| match argument {
        _ if argument.starts_with("&'x mut ") => "mut",
        _ if argument.starts_with("&'x ") => "ref",
        _ => "own",
    });
    match kinds.collect::<Vec<_>>()[..] {
        [] => "sync0",
        ["own"] => "sync",
        ["own", "own"] => "sync2",
        ["ref"] => "sync_ref",
        ["mut"] => "sync_ref_mut",
        ["ref", "ref"] => "sync_ref2",
        ["mut", "own"] => "sync_mut",
        _ => "none",
    }
}

/// Where a closure does not fit, the compiler shows the line of the bound.
#[test]
fn the_line_of_each_bound_names_the_forms_for_closures_that_change_what_they_capture_and_for_plain_ones() {
    let mut checked = 0;
    for source in [SOURCES[0], OF_ITERTOOLS, OF_RESULTS, OF_STREAMS] {
        for method in source.split("\n    fn ").skip(1) {
            let name = method.split(['<', '(']).next().unwrap_or_default();
            let is_form = name.ends_with("_mut") || name.ends_with("_with") && name != "intersperse_with";
            let bound = method.lines().find(|line| line.contains("+ FnMut(") && !is_form);
            let Some(bound) = bound else { continue };
            let forms: &[&str] = if name == "scan" { &["_mut"] } else { &["_mut", "_with"] };
            let forms: Vec<String> = forms.iter().map(|form| format!("{name}{form}")).collect();
            let plain = for_plain_closures(bound);
            let hint = format!(" // or {}; a plain closure? {plain}(..)", forms.join(", "));
            assert!(bound.ends_with(&hint), "{bound}");
            checked += 1;
        }
    }
    assert_eq!(checked, 26 + 28 + 12 + 2);
}

const STREAMS: &str = include_str!("../../onpar-iter/src/streams.md");
const OF_STREAMS: &str = include_str!("../../onpar-iter/src/async_stream_ext.rs");

#[test]
fn the_table_of_what_only_streams_can_do_names_each_method_with_its_forms() {
    let methods = OF_STREAMS.split("\n    fn ").skip(1).filter_map(|method| method.split(['<', '(']).next());
    let rows = STREAMS.lines().filter(|line| line.starts_with("| `"));
    // Functions and types beside the methods are links.
    let cells = rows.filter_map(|row| row.split('|').nth(1)).map(|cell| cell.split("[`").next().unwrap_or_default());
    let found: Vec<&str> = cells.flat_map(names).collect();
    assert_eq!(found, methods.collect::<Vec<_>>());
}

const MIGRATION: &str = include_str!("../../onpar-iter/src/migration.md");

/// The methods of `StreamExt` in futures 0.3.
const STREAM_EXT: &str = "next into_future map enumerate filter filter_map then collect unzip concat count cycle fold any all \
    flatten flatten_unordered flat_map flat_map_unordered scan skip_while take_while take_until for_each \
    for_each_concurrent take skip fuse by_ref catch_unwind boxed boxed_local buffered buffer_unordered zip chain peekable \
    chunks ready_chunks forward split inspect left_stream right_stream poll_next_unpin select_next_some";

#[test]
fn each_method_of_futures_is_in_one_of_the_tables() {
    let first = |table: &'static str| {
        table.lines().filter(|line| line.starts_with("| `")).flat_map(|row| names(row.split('|').nth(1).unwrap_or("")))
    };
    let of_streams = STREAMS.lines().flat_map(|row| names(row.split('|').nth(2).unwrap_or("")));
    let known: Vec<&str> = first(TABLE).chain(first(ITERTOOLS)).chain(first(MIGRATION)).chain(of_streams).collect();
    let missing: Vec<&str> = STREAM_EXT.split_whitespace().filter(|name| !known.contains(name)).collect();
    assert_eq!(missing, [""; 0]);
}

const BY_OTHER_MEANS: &str = include_str!("../../onpar-iter/src/itertools_by_other_means.md");

/// The methods of `Itertools` 0.15, but those that are deprecated, and those with `_with_hasher`, `relaxed`, `circular`,
/// `combinations` or `_back` in their names.
const OF_THE_CRATE: &str = "all_equal all_equal_value all_unique array_chunks array_windows at_most_one batching \
    cartesian_product chunk_by chunks coalesce collect_array collect_tuple collect_vec concat contains counts counts_by dedup \
    dedup_by dedup_by_with_count dedup_with_count dropping duplicates duplicates_by exactly_one filter_map_ok filter_ok \
    find_or_first find_or_last find_position flatten_ok fold_ok fold_options fold_while format format_with get interleave \
    interleave_shortest intersperse intersperse_with into_group_map into_group_map_by into_grouping_map into_grouping_map_by \
    join k_largest k_largest_by k_largest_by_key k_smallest k_smallest_by k_smallest_by_key kmerge kmerge_by map_into map_ok \
    max_set max_set_by max_set_by_key merge merge_by merge_join_by min_set min_set_by min_set_by_key minmax minmax_by \
    minmax_by_key multipeek multiunzip next_array next_tuple pad_using partition_map partition_result peeking_take_while \
    permutations position_max position_min position_minmax positions powerset process_results product1 set_from sorted \
    sorted_by sorted_by_cached_key sorted_by_key sorted_unstable sorted_unstable_by sorted_unstable_by_key strip_prefix \
    strip_prefix_by sum1 tail take_while_inclusive take_while_ref tee tree_reduce try_collect try_len tuple_windows tuples \
    unique unique_by update while_some with_position zip_eq zip_longest";

#[test]
fn each_method_of_itertools_is_in_one_of_the_tables() {
    let known: Vec<&str> =
        [ITERTOOLS, BY_OTHER_MEANS, RESULTS].into_iter().flat_map(|table| table.lines().flat_map(names)).collect();
    let missing: Vec<&str> = OF_THE_CRATE.split_whitespace().filter(|name| !known.contains(name)).collect();
    assert_eq!(missing, [""; 0]);
}

const FIRST_STEPS: &str = include_str!("../../onpar/src/guide/first_steps.md");

/// What rustdoc makes of a heading.
fn anchor(heading: &str) -> String {
    heading.to_lowercase().replace(',', "").replace(' ', "-")
}

#[test]
fn each_row_of_the_first_steps_leads_to_a_section_with_a_program_that_is_run() {
    let rows = FIRST_STEPS.lines().filter(|line| line.starts_with("| ["));
    let leads_to = rows.filter_map(|row| row.split("](#").nth(1)?.split(')').next());
    let sections = FIRST_STEPS.split("\n## ").skip(1).map(|section| section.split_once('\n').unwrap_or_default());
    let with_programs = sections.filter(|(_, text)| text.contains("\n```rust\n") && text.contains("assert"));
    let with_programs: Vec<_> = with_programs.map(|(heading, _)| anchor(heading)).collect();
    assert_eq!(leads_to.collect::<Vec<_>>(), with_programs);
    for said in ["blocks", "calls back", "a channel", "share", "owns", "good order"] {
        assert!(FIRST_STEPS.lines().any(|line| line.starts_with("| [") && line.contains(said)), "{said}");
    }
    assert!(!FIRST_STEPS.contains("```rust,") && !FIRST_STEPS.contains("```ignore"));
}

#[test]
fn the_first_program_has_at_most_fifteen_lines_and_uses_std_and_onpar_alone() {
    let program = FIRST_STEPS.split("```rust\n").nth(1).and_then(|rest| rest.split("```").next()).unwrap_or_default();
    assert!(program.lines().count() <= 15, "{program}");
    assert!(
        program
            .lines()
            .filter(|line| line.starts_with("use "))
            .all(|line| line.contains("onpar") || line.contains("std"))
    );
    for part in ["join(", "timeout(", "defer("] {
        assert!(program.contains(part), "{part}");
    }
}
