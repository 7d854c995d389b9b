//! The shapes that a trait may have, in one table: each is compiled, and called statically, as a task of an executor of many
//! threads, and through a trait object. So are those of the peers, from the same table, where somebody asks how many they can
//! do: `ONPAR_SHAPES=1 cargo test -p onpar-tests --test shapes -- --nocapture`, which says what the compiler says, too.
//!
//! They are run in one program, in a package that this test writes. Where cargo refuses that, or the peers are asked for, each
//! tool and shape is a program that cargo checks; what it refuses is tried again use by use; and what it accepts is run.

extern crate alloc;

mod shape;
mod table;
mod tool;

use alloc::collections::BTreeSet;
use core::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::{env, fs, io};

use self::table::SHAPES;
use self::tool::{Tool, USES, Use};

const HEAD: &str =
    "#![allow(warnings)]\n#![recursion_limit = \"256\"]\npub async fn pause() { tokio::task::yield_now().await }\n";

/// What is built only to be compared with.
const PEERS: &str = "async-trait = '=0.1.92'\ndynosaur = '=0.3.1'\ntrait-variant = '=0.1.3'\n";

#[test]
fn the_table_has_at_least_fifty_shapes_of_different_names() {
    let names: BTreeSet<_> = SHAPES.iter().map(|shape| shape.name).collect();
    assert_eq!(names.len(), SHAPES.len());
    assert!(names.len() >= 50, "{}", names.len());
}

#[test]
fn every_shape_is_used_in_every_way() -> io::Result<()> {
    let package = Package::new("shapes")?;
    let whole: Vec<_> = SHAPES.iter().map(|shape| (shape.name, Tool::Onpar.module(shape, &uses(shape)))).collect();
    if !is_report_asked_for() && package.runs(Tool::Onpar, &whole)?.is_ok() {
        package.edition("2021")?;
        package.run(Tool::Onpar, &whole)?;
        return Ok(());
    }
    let tools: &[Tool] = if is_report_asked_for() { &Tool::ALL } else { &[Tool::Onpar] };
    let missing = report(&package, tools)?;
    assert!(missing.is_empty(), "refused:\n{missing}");
    Ok(())
}

/// Shows what each tool can do, and says what onpar cannot.
fn report(package: &Package, tools: &[Tool]) -> io::Result<String> {
    let mut whole = Vec::new();
    for &tool in tools {
        for shape in SHAPES {
            whole.push((tool, shape, uses(shape)));
        }
    }
    let accepted = package.check(whole.iter().map(|(tool, shape, uses)| program(*tool, shape, uses)))?;
    let (mut works, again): (Vec<_>, Vec<_>) =
        whole.into_iter().partition(|(tool, shape, uses)| accepted.contains(&program(*tool, shape, uses).0));
    let again: Vec<_> = again
        .into_iter()
        .flat_map(|(tool, shape, uses)| uses.into_iter().map(move |usage| (tool, shape, vec![usage])))
        .collect();
    let accepted = package.check(again.iter().map(|(tool, shape, uses)| program(*tool, shape, uses)))?;
    works.extend(again.into_iter().filter(|(tool, shape, uses)| accepted.contains(&program(*tool, shape, uses).0)));

    let mut report = format!("{:<14} {:>6} {:>6} {:>6} {:>6}\n", "of the shapes", "static", "Send", "object", "all");
    let mut missing = String::new();
    for &tool in tools {
        let mine: Vec<_> = works.iter().filter(|(of, ..)| *of == tool).collect();
        let modules: Vec<_> = mine.iter().map(|(_, shape, uses)| (shape.name, tool.module(shape, uses))).collect();
        package.run(tool, &modules)?;
        if tool == Tool::Onpar {
            package.edition("2021")?;
            package.run(tool, &modules)?;
            package.edition("2024")?;
        }
        let has =
            |name: &str, usage: Use| mine.iter().any(|(_, shape, uses)| shape.name == name && uses.contains(&usage));
        let count = |usage: Use| SHAPES.iter().filter(|shape| has(shape.name, usage)).count();
        let applies = |usage: &Use, shape| Tool::applies(shape, *usage);
        let all =
            SHAPES.iter().filter(|shape| USES.iter().filter(|it| applies(it, shape)).all(|it| has(shape.name, *it)));
        let [of_static, of_send, of_object] = USES.map(count);
        let all = all.count();
        writeln!(report, "{:<14} {of_static:>6} {of_send:>6} {of_object:>6} {all:>6}", tool.name()).expect("a string");
        if tool == Tool::Onpar {
            for shape in SHAPES {
                for usage in USES.iter().filter(|it| applies(it, shape) && !has(shape.name, **it)) {
                    writeln!(missing, "{} as {usage:?}", shape.name).expect("a string");
                }
            }
        }
    }
    let possible = USES.map(|usage| SHAPES.iter().filter(|shape| Tool::applies(shape, usage)).count());
    let [of_static, of_send, of_object] = possible;
    writeln!(report, "{:<14} {of_static:>6} {of_send:>6} {of_object:>6} {:>6}", "possible", SHAPES.len())
        .expect("a string");
    show(&report);
    Ok(missing)
}

/// Found when it is built, so this is no shape of the table; and said in a message of `core`, so it is no program of `ui`.
#[test]
fn without_a_heap_a_future_that_is_too_large_is_refused_with_its_size() -> io::Result<()> {
    let package = Package::new("heapless")?;
    let program = |bytes: usize| {
        format!(
            "{HEAD}#[onpar::trait_variant(dyn = DynT, inline = 64)] trait T {{ async fn call(&self) -> u8; }}
             struct S;
             impl T for S {{ async fn call(&self) -> u8 {{ let held = [7; {bytes}]; pause().await; held[0] }} }}
             fn main() {{ let object: &DynT<'_> = &S; let _ = object.call(); }}"
        )
    };
    fs::create_dir_all(package.dir.join("examples"))?;
    let build = |bytes| {
        fs::write(package.dir.join("examples/inline.rs"), program(bytes))?;
        let said = package.cargo().args(["build", "--quiet", "--example", "inline"]).output()?;
        io::Result::Ok((said.status.success(), String::from_utf8_lossy(&said.stderr).into_owned()))
    };
    let (fits, said) = build(16)?;
    assert!(fits, "{said}");
    let (fits, said) = build(500)?;
    assert!(!fits && said.contains("the future of this method needs 5") && said.contains("room for 64"), "{said}");
    Ok(())
}

fn is_report_asked_for() -> bool {
    env::var_os("ONPAR_SHAPES").is_some()
}

#[expect(clippy::print_stdout, reason = "the table of what each tool can do is what this test is run for by hand")]
fn show(text: &str) {
    println!("{text}");
}

/// The ways in which a shape can be used.
fn uses(shape: &shape::Shape) -> Vec<Use> {
    USES.into_iter().filter(|usage| Tool::applies(shape, *usage)).collect()
}

/// The name and the source of a program.
fn program(tool: Tool, shape: &shape::Shape, uses: &[Use]) -> (String, String) {
    let which = if uses.len() == 1 { format!("_{:?}", uses[0]).to_lowercase() } else { String::new() };
    let name = format!("{}_{}{which}", tool.name().replace('-', "_"), shape.name);
    let module = tool.module(shape, uses);
    (name, format!("{HEAD}mod shape {{ {module} }}\nfn main() {{ let _ = shape::run(); }}\n"))
}

/// The package that the programs stand in.
struct Package {
    dir: PathBuf,
    /// For whichever edition.
    manifest: String,
}

impl Package {
    fn new(name: &str) -> io::Result<Self> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the workspace").to_owned();
        let dir = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
        fs::create_dir_all(dir.join("src"))?;
        let onpar = root.join("onpar");
        let onpar = onpar.display();
        let peers = if is_report_asked_for() { PEERS } else { "" };
        let manifest = format!(
            r#"
[package]
name = "shapes"
version = "0.0.0"
edition = "EDITION"

[workspace]

[profile.dev]
debug = false
incremental = false

[dependencies]
{peers}futures-core = "0.3"
onpar = {{ path = '{onpar}', features = ["macros"] }}
tokio = {{ version = "1", features = ["macros", "rt-multi-thread"] }}
"#
        );
        fs::write(dir.join("src/lib.rs"), "//! Only examples.\n")?;
        // The same versions as everywhere else, and no question to a registry.
        fs::copy(root.join("Cargo.lock"), dir.join("Cargo.lock"))?;
        let package = Self { dir, manifest };
        package.edition("2024")?;
        Ok(package)
    }

    /// From now on, the programs are of this edition.
    fn edition(&self, edition: &str) -> io::Result<()> {
        fs::write(self.dir.join("Cargo.toml"), self.manifest.replace("EDITION", edition))
    }

    /// The names of the programs that cargo accepts.
    fn check(&self, programs: impl Iterator<Item = (String, String)>) -> io::Result<BTreeSet<String>> {
        let examples = self.dir.join("examples");
        if examples.exists() {
            fs::remove_dir_all(&examples)?;
        }
        fs::create_dir_all(&examples)?;
        for (name, source) in programs {
            fs::write(examples.join(name).with_extension("rs"), source)?;
        }
        let mut cargo = self.cargo();
        cargo.args(["check", "--quiet", "--examples", "--keep-going", "--message-format=json"]);
        if !is_report_asked_for() {
            cargo.stderr(Stdio::null());
        }
        let said = cargo.output()?.stdout;
        let said = String::from_utf8_lossy(&said);
        let artifacts = said.lines().filter_map(|line| serde_json::from_str::<serde_json::Value>(line).ok());
        let accepted = artifacts.filter_map(|message| {
            if message["reason"] == "compiler-message" && is_report_asked_for() {
                show(message["message"]["rendered"].as_str().unwrap_or_default());
            }
            let example = message["reason"] == "compiler-artifact" && message["target"]["kind"][0] == "example";
            example.then(|| message["target"]["name"].as_str().unwrap_or_default().to_owned())
        });
        Ok(accepted.collect())
    }

    /// Runs all that a tool can do, in one program.
    fn run(&self, tool: Tool, modules: &[(&str, String)]) -> io::Result<()> {
        let run = self.runs(tool, modules)?;
        run.unwrap_or_else(|said| panic!("{}: {said}", tool.name()));
        Ok(())
    }

    /// Whether they run, in one program, and what is said if not.
    fn runs(&self, tool: Tool, modules: &[(&str, String)]) -> io::Result<Result<(), String>> {
        let mut source = HEAD.to_owned();
        let mut calls = String::new();
        for (number, (name, module)) in modules.iter().enumerate() {
            writeln!(source, "mod shape_{number} {{ {module} }}").expect("a string");
            writeln!(calls, "println!({name:?}); shape_{number}::run().await;").expect("a string");
        }
        writeln!(source, "#[tokio::main(flavor = \"multi_thread\")] async fn main() {{ {calls} }}").expect("a string");
        let name = format!("run_{}", tool.name().replace('-', "_"));
        let examples = self.dir.join("examples");
        fs::create_dir_all(&examples)?;
        fs::write(examples.join(&name).with_extension("rs"), source)?;
        let run = self.cargo().args(["run", "--quiet", "--example", &name]).output()?;
        let said = || [run.stdout.as_slice(), &run.stderr].map(String::from_utf8_lossy).concat();
        Ok(if run.status.success() { Ok(()) } else { Err(said()) })
    }

    fn cargo(&self) -> Command {
        let mut cargo = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        // One folder for all packages, which depend on the same crates.
        let target = Path::new(env!("CARGO_TARGET_TMPDIR")).join("shapes/target");
        cargo.current_dir(&self.dir).env("CARGO_TARGET_DIR", target);
        // Flags of the run at hand, say of a sanitizer, are not for these programs.
        cargo.env_remove("RUSTFLAGS").env_remove("CARGO_ENCODED_RUSTFLAGS").env_remove("CARGO_BUILD_TARGET");
        cargo
    }
}
