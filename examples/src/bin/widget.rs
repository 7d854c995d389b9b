//! One trait, used statically, over threads, as a trait object, and in generic middleware.
//!
//! ```text
//! cargo run -p onpar-examples --bin widget
//! ```
//!
//! `Gauge` knows the plain trait alone. All else is one attribute on the trait, one on the middleware, and `Widget!`.
#![forbid(unsafe_code)]
#![expect(clippy::print_stdout, reason = "a program, not a library")]

use onpar::trait_variant;

/// Something that shows a number.
#[trait_variant(send = SendWidget, dyn = DynWidget, dyn_send = DynSendWidget)]
trait Widget {
    async fn show(&self) -> String;

    /// Twice, by default.
    async fn show_twice(&self) -> String {
        format!("{} {}", self.show().await, self.show().await)
    }
}

struct Gauge(u32);

impl Widget for Gauge {
    async fn show(&self) -> String {
        tokio::task::yield_now().await;
        self.0.to_string()
    }
}

/// A frame around any widget: written once, for both siblings.
struct Framed<W>(W);

#[trait_variant(send = SendWidget, where(W: Sync))]
impl<W: Widget> Widget for Framed<W> {
    async fn show(&self) -> String {
        format!("[{}]", self.0.show().await)
    }
}

/// Any widget, on any executor.
async fn print(how: &str, widget: &(impl Widget + ?Sized)) {
    println!("{how:<12} {}", widget.show_twice().await);
}

/// A widget that may be shown on another thread.
async fn print_elsewhere<W: SendWidget + Send + Sync + 'static>(
    how: &str,
    widget: W,
) -> Result<(), tokio::task::JoinError> {
    let shown = tokio::spawn(async move { widget.show_twice().await }).await?;
    println!("{how:<12} {shown}");
    Ok(())
}

#[tokio::main]
async fn main() -> Result<(), tokio::task::JoinError> {
    print("statically", &Gauge(1)).await;
    print("framed", &Framed(Gauge(2))).await;

    print_elsewhere("over threads", Widget!(Gauge(3))).await?;
    print_elsewhere("both", Framed(Widget!(Gauge(4)))).await?;

    let widgets: [Box<DynWidget<'_>>; 2] = [Box::new(Gauge(5)), Box::new(Framed(Gauge(6)))];
    for widget in &widgets {
        print("as objects", widget).await;
    }

    let widgets: [Box<DynSendWidget<'_>>; 2] = [Box::new(Widget!(Gauge(7))), Box::new(Framed(Widget!(Gauge(8))))];
    for widget in widgets {
        print_elsewhere("everything", widget).await?;
    }
    Ok(())
}
