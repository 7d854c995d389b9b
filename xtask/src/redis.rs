//! `cargo xtask redis`: the key-value example, driven by Redis's own tools, beside Redis and beside the same written by hand.
//!
//! Five servers: Redis; the example on each of its runtimes; and `kv_by_hand` of the benches, which has the example's requests,
//! replies and store, and tokio without onpar around them. Each has to hold the dialogues of the example's tests, in the same
//! words. Then `redis-benchmark` drives them in turn, round after round, and each figure is the best of all rounds: what else the
//! machine does only ever takes time.
//!
//! Beside requests a second stands the time that a server was at work for one of them, by the system's account. It moves less
//! when the machine is busy. Last, the example is killed in the middle of writing, and started again with its journal.

use alloc::collections::BTreeMap;
use core::cmp::Ordering;
use core::net::{Ipv4Addr, SocketAddr};
use core::time::Duration;
use std::fs;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use anyhow::{Context as _, Result, bail, ensure};

use crate::process::{self, cargo};
use crate::workspace::Workspace;

/// What `redis-benchmark` calls the tests of commands that the example knows.
const TESTS: &str = "ping_mbulk,set,get,incr,lpush,rpush,lpop,rpop,sadd,hset,spop,lrange_100,mset";
/// The runtimes of the example: each is a feature, and a program.
const RUNTIMES: [&str; 3] = ["tokio", "smol", "local"];
/// So much time is given to a reply that ought to come.
const PATIENCE: Duration = Duration::from_secs(5);
/// The system counts a program's time in these: 100 of them are a second, on every Linux that is built as usual.
const TICKS: f64 = 100.0;

/// How much to measure.
#[derive(clap::Args)]
pub(crate) struct Options {
    /// How many requests make a measurement.
    #[arg(long, default_value_t = 100_000)]
    requests: u32,
    /// What `redis-benchmark` is to test, one request at a time: names of its tests, with commas.
    #[arg(long, default_value = TESTS)]
    tests: String,
    /// How often each is repeated.
    #[arg(long, default_value_t = 3)]
    rounds: u32,
    /// Holds the dialogues and kills the servers, and measures nothing.
    #[arg(long)]
    check: bool,
}

pub(crate) fn run(workspace: &Workspace, options: &Options) -> Result<()> {
    for tool in ["redis-server", "redis-cli", "redis-benchmark"] {
        let package = if tool == "redis-server" { "redis-server" } else { "redis-tools" };
        ensure!(
            process::succeeds(Command::new(tool).arg("--version")),
            "{tool} is missing; install it: apt-get install {package} (Debian)"
        );
    }
    let kv = workspace.packages.iter().find(|package| package.targets.iter().any(|target| target.name == "kv-local"));
    let kv = kv.context("no crate of the workspace has a program `kv-local`")?;
    for runtime in RUNTIMES {
        let program = format!("kv-{runtime}");
        let build = ["build", "--quiet", "--release", "--no-default-features", "--package", &kv.name];
        process::run(cargo(&workspace.root).args(build).args(["--features", runtime, "--bin", &program]))?;
    }
    let build = ["build", "--quiet", "--release", "--package", "onpar-benches", "--bin", "kv_by_hand"];
    process::run(cargo(&workspace.root).args(build))?;
    let program = |name: &str| workspace.target.join("release").join(name);

    let mut servers = vec![Server::redis()?, Server::start("by hand", Command::new(program("kv_by_hand")))?];
    for runtime in RUNTIMES {
        let mut command = Command::new(program(&format!("kv-{runtime}")));
        command.args(["--port", "0"]);
        servers.push(Server::start(runtime, command)?);
    }
    let dialogues = fs::read_to_string(kv.dir.join("tests/kv/dialogues.txt"))?;
    for server in &servers {
        let count = talk(server.address, &dialogues).with_context(|| format!("the server `{}`", server.name))?;
        let says = process::output(server.client().args(["ECHO", "two words"]))?;
        ensure!(says.trim() == "two words", "redis-cli heard {says:?} from `{}`", server.name);
        println!("{:<8} {count} replies are as they should be", server.name);
    }
    if !options.check {
        measure(&servers, options, &["-t", &options.tests], "one request at a time, of each of 50 clients")?;
        measure(&servers, options, &["-t", "set,get", "-P", "16"], "16 requests at once, of each of 50 clients")?;
    }
    for server in servers {
        server.shut_down()?;
    }
    for runtime in RUNTIMES {
        kill(&program(&format!("kv-{runtime}")), &workspace.target.join("redis"))?;
        println!("{runtime:<8} killed while it wrote, it has all that it acknowledged");
    }
    Ok(())
}

/// A server that runs. It ends with us: what ends us by Ctrl-C reaches it too.
struct Server {
    name: &'static str,
    address: SocketAddr,
    child: Child,
}

impl Server {
    /// Starts one that says where it listens.
    fn start(name: &'static str, mut command: Command) -> Result<Self> {
        let mut child = command.stdout(Stdio::piped()).spawn().with_context(|| process::line(&command))?;
        let mut line = String::new();
        BufReader::new(child.stdout.take().context("no output")?).read_line(&mut line)?;
        let address = line.trim().rsplit(' ').next().and_then(|address| address.parse().ok());
        let address = address.with_context(|| format!("the server `{name}` did not start; it says {line:?}"))?;
        Ok(Self { name, address, child })
    }

    /// Starts Redis, which does not say where it listens, at a port that was free a moment ago.
    fn redis() -> Result<Self> {
        let address = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?;
        let mut command = Command::new("redis-server");
        command.args([
            "--bind",
            "127.0.0.1",
            "--port",
            &address.port().to_string(),
            "--save",
            "",
            "--loglevel",
            "warning",
        ]);
        let child = command.stdout(Stdio::null()).spawn()?;
        let server = Self { name: "redis", address, child };
        // It tries again by itself, as often as it takes to start a program.
        ensure!(
            (0..50).any(|_| process::output(server.client().arg("PING")).is_ok_and(|says| says.trim() == "PONG")),
            "redis-server does not listen at {address}"
        );
        Ok(server)
    }

    fn client(&self) -> Command {
        self.tool("redis-cli")
    }

    fn tool(&self, tool: &str) -> Command {
        let mut command = Command::new(tool);
        command.args(["-h", &self.address.ip().to_string(), "-p", &self.address.port().to_string()]);
        command
    }

    /// How long it has been at work, in seconds.
    fn time(&self) -> Result<f64> {
        let stat =
            fs::read_to_string(format!("/proc/{}/stat", self.child.id())).context("times are counted on Linux only")?;
        // The program's name is in brackets, and may have anything in it.
        let fields = stat.rsplit(')').next().unwrap_or_default().split_whitespace();
        let ticks: f64 = fields.skip(11).take(2).filter_map(|field| field.parse::<f64>().ok()).sum();
        Ok(ticks / TICKS)
    }

    /// Asks it to end, and waits for that.
    fn shut_down(mut self) -> Result<()> {
        if self.name == "by hand" {
            self.child.kill()?;
        } else {
            process::output(self.client().arg("SHUTDOWN"))?;
            let status = self.child.wait()?;
            ensure!(status.success(), "the server `{}` ended with {status}", self.name);
        }
        Ok(())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended.
        _ = self.child.kill();
        _ = self.child.wait();
    }
}

/// Has the dialogues, and compares each reply. How many there were.
fn talk(address: SocketAddr, dialogues: &str) -> Result<usize> {
    let mut count = 0;
    for dialogue in dialogues.split("\n\n") {
        let mut stream = TcpStream::connect(address)?;
        stream.set_read_timeout(Some(PATIENCE))?;
        stream.write_all(b"FLUSHALL\r\n")?;
        expect(&mut stream, r"+OK\r\n")?;
        for line in dialogue.lines() {
            match line.split_at_checked(2) {
                Some(("> ", said)) => {
                    stream.write_all((said.replace(r"\r", "\r").replace(r"\n", "\n") + "\r\n").as_bytes())?;
                }
                Some(("= ", "the end")) => {
                    ensure!(stream.read(&mut [0])? == 0, "it does not end the connection:\n{dialogue}");
                }
                Some(("= ", reply)) => {
                    expect(&mut stream, reply).with_context(|| format!("in the dialogue\n{dialogue}\n"))?;
                    count += 1;
                }
                Some(("~ ", reply)) => {
                    expect_number(&mut stream, reply).with_context(|| format!("in the dialogue\n{dialogue}\n"))?;
                    count += 1;
                }
                _ => {}
            }
        }
    }
    Ok(count)
}

/// Reads a reply that is this number of seconds, or less: time passes.
fn expect_number(stream: &mut TcpStream, reply: &str) -> Result<()> {
    let mut heard = String::new();
    while !heard.ends_with(r"\n") {
        let mut byte = [0];
        stream.read_exact(&mut byte).with_context(|| format!("after `{heard}`"))?;
        heard += &byte.escape_ascii().to_string();
    }
    let number = |reply: &str| reply.strip_prefix(':')?.strip_suffix(r"\r\n")?.parse::<u64>().ok();
    let is_right = number(&heard).zip(number(reply)).is_some_and(|(heard, most)| (1..=most).contains(&heard));
    ensure!(is_right, "it says `{heard}`, instead of `{reply}`");
    Ok(())
}

/// Reads this reply, in which what is not a letter stands as in a literal.
fn expect(stream: &mut TcpStream, reply: &str) -> Result<()> {
    let mut heard = String::new();
    while reply.starts_with(&heard) && heard.len() < reply.len() {
        let mut byte = [0];
        match stream.read(&mut byte) {
            Ok(1) => heard += &byte.escape_ascii().to_string(),
            Ok(_) => bail!("it ends the connection after `{heard}`, instead of `{reply}`"),
            Err(error) => bail!("it says `{heard}` and no more ({error}), instead of `{reply}`"),
        }
    }
    ensure!(heard == reply, "it says `{heard}`, instead of `{reply}`");
    Ok(())
}

/// What was measured of one server in one test: requests a second, and microseconds at work for each.
#[derive(Clone, Copy)]
struct Figures {
    rate: f64,
    work: f64,
}

/// Drives all servers, and prints a table of both figures, each with its ratio to that of the server by hand.
fn measure(servers: &[Server], options: &Options, arguments: &[&str], what: &str) -> Result<()> {
    let tests: Vec<&str> = arguments[1].split(',').collect();
    let mut best = BTreeMap::<(usize, usize), Figures>::new();
    for _ in 0..options.rounds {
        for (row, test) in tests.iter().enumerate() {
            for (column, server) in servers.iter().enumerate() {
                let before = server.time()?;
                let mut benchmark = server.tool("redis-benchmark");
                benchmark.args(["--csv", "-r", "10000", "-n", &options.requests.to_string(), "-t", test]);
                let csv = process::output(benchmark.args(&arguments[2..]))?;
                // Some tests begin with requests that are not theirs: what counts is the last line.
                let rate = csv.lines().last().and_then(|line| line.split("\",\"").nth(1)?.parse::<f64>().ok());
                let rate = rate.with_context(|| format!("redis-benchmark has changed its form:\n{csv}"))?;
                let work = (server.time()? - before) * 1e6 / f64::from(options.requests);
                let figures = best.entry((row, column)).or_insert(Figures { rate, work });
                *figures = Figures { rate: figures.rate.max(rate), work: figures.work.min(work) };
            }
        }
    }
    let heads: Vec<_> = servers.iter().map(|server| format!("{:>17}", server.name)).collect();
    for (unit, figure) in [
        ("requests a second", (|figures: &Figures| figures.rate) as fn(&Figures) -> f64),
        ("microseconds at work for one request", |figures| figures.work),
    ] {
        println!("\n{unit}: {what}\n{:<12}{}", "", heads.concat());
        for (row, test) in tests.iter().enumerate() {
            let of = |column: usize| best.get(&(row, column)).map_or(f64::NAN, figure);
            let by_hand = of(1);
            let cell = |column: usize| match of(column).total_cmp(&1000.0) {
                Ordering::Less => format!(" {:>9.2} ({:.2})", of(column), of(column) / by_hand),
                _ => format!(" {:>9.0} ({:.2})", of(column), of(column) / by_hand),
            };
            println!("{test:<12}{}", (0..servers.len()).map(cell).collect::<Vec<_>>().concat());
        }
    }
    println!();
    Ok(())
}

/// Kills a server while it is written to, and looks whether its journal has all that it acknowledged.
fn kill(program: &Path, dir: &PathBuf) -> Result<()> {
    fs::create_dir_all(dir)?;
    let journal = dir.join("kv.journal");
    _ = fs::remove_file(&journal);
    let start = || {
        let mut command = Command::new(program);
        command.args(["--port", "0", "--journal"]).arg(&journal);
        Server::start("journal", command)
    };
    let mut server = start()?;
    let writer = std::thread::spawn({
        let mut stream = TcpStream::connect(server.address)?;
        move || {
            let mut replies = BufReader::new(stream.try_clone().ok()?).lines();
            let mut acknowledged = 0_u64;
            while stream.write_all(b"INCR n\r\n").is_ok() {
                let Some(Ok(reply)) = replies.next() else { break };
                acknowledged = reply.strip_prefix(':')?.trim().parse().ok()?;
            }
            Some(acknowledged)
        }
    });
    // It is killed when it is well under way.
    while fs::metadata(&journal)?.len() < 4096 {
        ensure!(server.child.try_wait()?.is_none(), "it ended by itself");
    }
    server.child.kill()?;
    let acknowledged = writer.join().ok().flatten().context("it did not acknowledge what it was sent")?;
    drop(server);
    let server = start()?;
    let kept: u64 = process::output(server.client().args(["GET", "n"]))?.trim().parse()?;
    ensure!(acknowledged > 0 && kept >= acknowledged, "it acknowledged {acknowledged}, and has kept {kept}");
    server.shut_down()
}
