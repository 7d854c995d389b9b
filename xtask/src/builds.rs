//! `cargo xtask builds`: how long async traits take to build, with onpar and with the tools that people use.
//!
//! It writes one package for each tool into the target folder, and has cargo build each several times, in turns. The shortest
//! time counts: what else the machine does only adds. Two things are measured:
//!
//! * *twenty traits*, with an implementation and calls of each: once with all that the package depends on, from nothing, and
//!   once the package alone;
//! * *forty layers*: a service in forty layers of generic middleware, each of which calls the next one.

use core::fmt::Write as _;
use core::time::Duration;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;

use anyhow::{Context as _, Result, ensure};

use crate::process::{self, cargo};
use crate::workspace::Workspace;

/// How often.
#[derive(clap::Args)]
pub(crate) struct Options {
    /// How many times each package is built.
    #[arg(long, value_name = "COUNT", default_value_t = 3)]
    runs: u32,
}

const TRAITS: usize = 20;
const LAYERS: usize = 40;

/// What makes of an async trait one whose futures are `Send`, or a trait object.
struct Tool {
    name: &'static str,
    /// Lines of the manifest, in which `ROOT` is the workspace.
    dependencies: &'static str,
    /// What stands on the trait `Service@`, and what on its `impl`s. `@` is the number of the trait.
    of_trait: &'static str,
    of_impl: &'static str,
    /// The trait that is implemented.
    implements: &'static str,
    /// An object, of which `call` is called.
    object: &'static str,
    /// How forty layers are written, if they can be.
    layers: Option<Layers>,
}

/// How layers are written that are generic over what is in them.
struct Layers {
    of_impl: &'static str,
    /// What a layer asks of what is in it.
    bounds: &'static str,
    /// What makes the innermost value one that a task may hold.
    send: &'static str,
    /// The trait that the task calls.
    called: &'static str,
}

const ONPAR: &str = r#"onpar = { path = "ROOT/onpar", default-features = false, features = ["macros", "std"] }"#;
const DIRECT: &str = r#"onpar-macros = { path = "ROOT/onpar-macros" }
onpar-traits = { path = "ROOT/onpar-traits" }"#;
const DYNOSAUR: &str = "dynosaur = \"=0.3.1\"\ntrait-variant = \"=0.1.3\"";
const OBJECT: &str = "Box<DynService@<'static>> { Box::new(Service@!(Store@(Vec::new()))) }";

const TOOLS: &[Tool] = &[
    Tool {
        name: "native",
        dependencies: "",
        of_trait: "",
        of_impl: "",
        implements: "Service@",
        object: "Store@ { Store@(Vec::new()) }",
        layers: Some(Layers { of_impl: "", bounds: "Service", send: "Answer", called: "Service" }),
    },
    Tool {
        name: "onpar: Send",
        dependencies: ONPAR,
        of_trait: "#[onpar::trait_variant(send = SendService@)]",
        of_impl: "",
        implements: "Service@",
        object: "impl SendService@ { Service@!(Store@(Vec::new())) }",
        layers: Some(Layers {
            of_impl: "#[onpar::trait_variant(send = SendService, where(S: Sync))]",
            bounds: "Service",
            send: "Service!(Answer)",
            called: "SendService",
        }),
    },
    Tool {
        name: "onpar: Send, object",
        dependencies: ONPAR,
        of_trait: "#[onpar::trait_variant(send = SendService@, dyn_send = DynService@)]",
        of_impl: "",
        implements: "Service@",
        object: OBJECT,
        layers: None,
    },
    Tool {
        name: "onpar-traits: Send, object",
        dependencies: DIRECT,
        of_trait: "#[onpar_macros::trait_variant(send = SendService@, dyn_send = DynService@, crate = ::onpar_traits)]",
        of_impl: "",
        implements: "Service@",
        object: OBJECT,
        layers: None,
    },
    Tool {
        name: "async-trait",
        dependencies: "async-trait = \"=0.1.92\"",
        of_trait: "#[async_trait::async_trait]",
        of_impl: "#[async_trait::async_trait]",
        implements: "Service@",
        object: "Box<dyn Service@ + Send + Sync> { Box::new(Store@(Vec::new())) }",
        layers: Some(Layers {
            of_impl: "#[async_trait::async_trait]",
            bounds: "Service + Send + Sync",
            send: "Answer",
            called: "Service",
        }),
    },
    Tool {
        name: "dynosaur, trait-variant",
        dependencies: DYNOSAUR,
        of_trait: "#[trait_variant::make(SendService@: Send)]\n\
                   #[dynosaur::dynosaur(pub DynService@ = dyn(box) SendService@, bridge(dyn))]",
        of_impl: "",
        implements: "SendService@",
        object: "Box<DynService@<'static>> { DynService@::new_box(Store@(Vec::new())) }",
        layers: None,
    },
];

impl Tool {
    /// Twenty traits, and their uses.
    fn traits(&self) -> String {
        let Self { of_trait, of_impl, implements, object, .. } = self;
        let mut source = HEAD.to_owned();
        for number in 0..TRAITS {
            let one = format!(
                "{of_trait}
                 pub trait Service@ {{
                     async fn get(&self, key: &str) -> Option<String>;
                     async fn put(&mut self, key: String, value: String) -> Result<(), String>;
                     async fn size(&self) -> usize;
                 }}
                 pub struct Store@(pub Vec<(String, String)>);
                 {of_impl}
                 impl {implements} for Store@ {{
                     async fn get(&self, key: &str) -> Option<String> {{
                         pause().await;
                         self.0.iter().find(|(known, _)| known == key).map(|(_, value)| value.clone())
                     }}
                     async fn put(&mut self, key: String, value: String) -> Result<(), String> {{
                         pause().await;
                         self.0.push((key, value));
                         Ok(())
                     }}
                     async fn size(&self) -> usize {{ pause().await; self.0.len() }}
                 }}
                 pub fn object_@() -> {object}
                 "
            );
            source.push_str(&one.replace('@', &number.to_string()));
        }
        source
    }

    /// A service in forty layers.
    fn layers(&self, layers: &Layers) -> String {
        let Layers { of_impl, bounds, send, called } = layers;
        let (before, behind) = ("Layer(".repeat(LAYERS), ")".repeat(LAYERS));
        let of_trait = self.of_trait.replace('@', "");
        let mut source = HEAD.to_owned();
        let _ = write!(
            source,
            "{of_trait}
             pub trait Service {{ async fn call(&self) -> u32; }}
             pub struct Answer;
             {answer}
             impl Service for Answer {{ async fn call(&self) -> u32 {{ pause().await; 7 }} }}
             pub struct Layer<S>(pub S);
             {of_impl}
             impl<S: {bounds}> Service for Layer<S> {{ async fn call(&self) -> u32 {{ self.0.call().await + 1 }} }}
             fn task(future: impl Future + Send) -> bool {{
                 let mut cx = core::task::Context::from_waker(core::task::Waker::noop());
                 core::pin::pin!(future).poll(&mut cx).is_ready()
             }}
             pub fn run() -> bool {{
                 let service = {before}{send}{behind};
                 task(async move {{ {called}::call(&service).await }})
             }}
             ",
            answer = self.of_impl,
        );
        source
    }
}

const HEAD: &str = "#![allow(async_fn_in_trait)]\n#![recursion_limit = \"256\"]\n\
                    pub async fn pause() { core::future::ready(()).await }\n";

pub(crate) fn run(workspace: &Workspace, options: &Options) -> Result<()> {
    let folder = workspace.target.join("builds");
    let mut traits = Vec::new();
    let mut layers = Vec::new();
    for (number, tool) in TOOLS.iter().enumerate() {
        let package = |kind: &str, source: &str| {
            Package::write(workspace, &folder.join(format!("{kind}_{number}")), tool, source)
        };
        traits.push((tool, package("traits", &tool.traits())?));
        if let Some(how) = &tool.layers {
            layers.push((tool, package("layers", &tool.layers(how))?));
        }
    }
    let (mut of_all, mut of_traits) = (vec![Duration::MAX; traits.len()], vec![Duration::MAX; traits.len()]);
    let mut of_layers = vec![Duration::MAX; layers.len()];
    for _ in 0..options.runs {
        for ((all, alone), (_, package)) in of_all.iter_mut().zip(&mut of_traits).zip(&traits) {
            package.clean()?;
            *all = package.build()?.min(*all);
            package.touch()?;
            *alone = package.build()?.min(*alone);
        }
        for (alone, (_, package)) in of_layers.iter_mut().zip(&layers) {
            package.build()?;
            package.touch()?;
            *alone = package.build()?.min(*alone);
        }
    }
    println!("{:<28} {:>10} {:>10}", "seconds to build", "with all", "alone");
    for ((all, alone), (tool, _)) in of_all.iter().zip(&of_traits).zip(&traits) {
        println!("{:<28} {:>10.2} {:>10.2}  twenty traits", tool.name, all.as_secs_f64(), alone.as_secs_f64());
    }
    for (alone, (tool, _)) in of_layers.iter().zip(&layers) {
        println!("{:<28} {:>10} {:>10.2}  forty layers", tool.name, "", alone.as_secs_f64());
    }
    fs::remove_dir_all(&folder)?;
    Ok(())
}

/// A package of one tool.
struct Package {
    dir: PathBuf,
}

impl Package {
    fn write(workspace: &Workspace, dir: &Path, tool: &Tool, source: &str) -> Result<Self> {
        fs::create_dir_all(dir.join("src"))?;
        let dependencies = tool.dependencies.replace("ROOT", &workspace.root.display().to_string());
        let manifest = format!(
            "[package]\nname = \"measured\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[workspace]\n\n[dependencies]\n{dependencies}\n"
        );
        fs::write(dir.join("Cargo.toml"), manifest)?;
        fs::write(dir.join("src/lib.rs"), source)?;
        // The same versions as everywhere else.
        fs::copy(workspace.root.join("Cargo.lock"), dir.join("Cargo.lock"))?;
        Ok(Self { dir: dir.to_owned() })
    }

    fn clean(&self) -> Result<()> {
        let built = self.dir.join("target");
        if built.exists() {
            fs::remove_dir_all(built)?;
        }
        Ok(())
    }

    /// Has it built again, and nothing else.
    fn touch(&self) -> Result<()> {
        let file = self.dir.join("src/lib.rs");
        let source = fs::read(&file)?;
        fs::write(&file, source).with_context(|| format!("cannot write {}", file.display()))
    }

    #[expect(clippy::disallowed_methods, reason = "a compiler takes real time")]
    fn build(&self) -> Result<Duration> {
        let mut command = cargo(&self.dir);
        command
            .args(["build", "--quiet"])
            .env("CARGO_TARGET_DIR", self.dir.join("target"))
            .env("CARGO_INCREMENTAL", "0");
        let started = Instant::now();
        let output = command.output()?;
        let took = started.elapsed();
        ensure!(
            output.status.success(),
            "`{}` failed:\n{}",
            process::line(&command),
            String::from_utf8_lossy(&output.stderr)
        );
        Ok(took)
    }
}
