//! `cargo xtask postgres`: the database example against a real PostgreSQL, which leaves nothing behind.
//!
//! The server is Debian's, installed if it is missing. It gets a data folder of its own in the system's folder for
//! temporary files and a free port, listens on loopback only, and runs as the user `postgres` where we are root, since
//! PostgreSQL refuses to be root itself.
//!
//! Whatever happens to us, Ctrl-C and a kill included, the server has to stop and its folder has to go. So this is not
//! left to a destructor but to a *janitor*: a shell that waits for the end of its standard input, which we hold open.
//! When we end, in any way, the pipe closes; the janitor stops the server and removes the folder.

use core::net::Ipv4Addr;
use std::fs;
use std::net::TcpListener;
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use anyhow::{Context as _, Result, bail, ensure};

use crate::process;
use crate::workspace::Workspace;

/// Where Debian keeps the servers, one folder for each major version.
const DEBIAN: &str = "/usr/lib/postgresql";
/// The user that Debian's package brings.
const USER: &str = "postgres";

/// What to pass on.
#[derive(clap::Args)]
pub(crate) struct Options {
    /// Arguments for the example, behind `--`.
    #[arg(last = true)]
    arguments: Vec<String>,
}

pub(crate) fn run(workspace: &Workspace, options: &Options) -> Result<()> {
    let example = ["--quiet", "--package", "onpar-examples", "--bin", "database"];
    // Built first: a compiler error needs no server.
    process::run(process::cargo(&workspace.root).arg("build").args(example))?;
    let server = Server::start()?;
    let ours = ["--", "--url", &server.url];
    let result =
        process::run(process::cargo(&workspace.root).arg("run").args(example).args(ours).args(&options.arguments));
    result.and(server.stop())
}

/// A running server.
struct Server {
    url: String,
    dir: PathBuf,
    janitor: Child,
}

impl Server {
    fn start() -> Result<Self> {
        let programs = programs()?;
        let account = Account::ours()?;
        let dir = PathBuf::from(
            process::output(account.command("mktemp").args(["-d", "-t", "onpar-postgres.XXXXXX"]))?.trim(),
        );
        let data = dir.join("data");
        // From here on, the janitor knows what is to be cleaned up.
        let janitor = hire_janitor(&account, &programs, &dir)?;
        let port = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?.port();
        let server = Self { url: format!("postgres://{USER}@127.0.0.1:{port}/postgres"), dir, janitor };

        let mut initdb = account.command(programs.join("initdb"));
        initdb.args(["--auth=trust", "--no-sync", "--encoding=UTF8", "--no-locale"]).arg(format!("--username={USER}"));
        process::output(initdb.arg("--pgdata").arg(&data))?;

        let log = server.dir.join("log");
        let settings = format!("-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories=''");
        let mut start = account.command(programs.join("pg_ctl"));
        start.args(["start", "--wait", "--silent", "--options", &settings]);
        start.arg("--pgdata").arg(&data).arg("--log").arg(&log);
        // The server inherits what we give to pg_ctl, and a pipe would stay open as long as the server lives.
        if !process::succeeds(&mut start) {
            bail!("PostgreSQL did not start; it says:\n{}", fs::read_to_string(&log).unwrap_or_default());
        }
        println!("PostgreSQL {} listens on 127.0.0.1:{port}", version(&programs));
        Ok(server)
    }

    /// Sends the janitor, and waits until everything is gone.
    fn stop(mut self) -> Result<()> {
        drop(self.janitor.stdin.take());
        let status = self.janitor.wait()?;
        ensure!(status.success() && !self.dir.exists(), "the janitor left {} behind", self.dir.display());
        println!("PostgreSQL has stopped, and its folder is gone");
        Ok(())
    }
}

/// Starts the shell that cleans up. A process group of its own keeps Ctrl-C away from it.
fn hire_janitor(account: &Account, programs: &Path, dir: &Path) -> Result<Child> {
    let script = r#"
        read -r _
        if [ -f "$1/data/postmaster.pid" ]; then "$0" stop --silent --mode=immediate --pgdata "$1/data" >/dev/null; fi
        rm -rf "$1"
    "#;
    let mut janitor = account.command("sh");
    janitor.arg("-c").arg(script).arg(programs.join("pg_ctl")).arg(dir);
    janitor.stdin(Stdio::piped()).process_group(0).spawn().context("cannot start `sh`")
}

/// Who runs the server.
enum Account {
    Ours,
    /// We are root, and root may not.
    Debians,
}

impl Account {
    fn ours() -> Result<Self> {
        Ok(if is_root()? { Self::Debians } else { Self::Ours })
    }

    /// A command that runs as this user, in a folder that the user may enter.
    fn command(&self, program: impl AsRef<Path>) -> Command {
        let mut command = match self {
            Self::Ours => Command::new(program.as_ref()),
            Self::Debians => {
                let mut command = Command::new("runuser");
                command.args(["-u", USER, "--"]).arg(program.as_ref());
                command
            }
        };
        command.current_dir("/");
        command
    }
}

fn is_root() -> Result<bool> {
    Ok(process::output(Command::new("id").arg("-u"))?.trim() == "0")
}

/// The folder of the newest server's programs.
fn programs() -> Result<PathBuf> {
    if let Some(found) = installed() {
        return Ok(found);
    }
    ensure!(is_root()?, "PostgreSQL is missing; install it: sudo apt-get install postgresql");
    process::run(Command::new("apt-get").arg("update"))?;
    process::run(Command::new("apt-get").env("DEBIAN_FRONTEND", "noninteractive").args([
        "install",
        "--yes",
        "--no-install-recommends",
        "postgresql",
    ]))?;
    installed().with_context(|| format!("Debian's package brought no server to {DEBIAN}"))
}

fn installed() -> Option<PathBuf> {
    let majors = fs::read_dir(DEBIAN).ok()?.filter_map(|entry| Some(entry.ok()?.path().join("bin")));
    majors.filter(|bin| bin.join("initdb").exists()).max_by_key(|bin| version(bin).parse::<u32>().unwrap_or(0))
}

/// The major version, from `<version>/bin`.
fn version(programs: &Path) -> String {
    let folder = programs.parent().and_then(Path::file_name);
    folder.map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}
