//! [`Tool`]: what makes of an async trait one whose futures are `Send`, or a trait object. Each reads a [`Shape`] in its way.

use super::shape::Shape;

/// The peers, and us.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tool {
    Onpar,
    AsyncTrait,
    TraitVariant,
    /// Together with `trait_variant`, as its own examples have it.
    Dynosaur,
}

/// A way of using a trait.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Use {
    /// In generic code, on any executor.
    Static,
    /// In generic code, as a task of an executor of many threads.
    Send,
    /// As a trait object.
    Object,
}

/// What is in scope of one of the siblings.
#[derive(Default)]
struct Code {
    items: Vec<String>,
    calls: Vec<String>,
}

pub(crate) const USES: [Use; 3] = [Use::Static, Use::Send, Use::Object];

impl Tool {
    pub(crate) const ALL: [Self; 4] = [Self::Onpar, Self::AsyncTrait, Self::TraitVariant, Self::Dynosaur];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Onpar => "onpar",
            Self::AsyncTrait => "async-trait",
            Self::TraitVariant => "trait-variant",
            Self::Dynosaur => "dynosaur",
        }
    }

    /// Whether the shape has such a use at all, in whatever language.
    pub(crate) fn applies(shape: &Shape, usage: Use) -> bool {
        match usage {
            Use::Static => true,
            Use::Send => shape.send,
            Use::Object => shape.object,
        }
    }

    /// Items and uses, as the body of a module that has a function `run`. Where a use is, only the trait that it is about is in
    /// scope.
    pub(crate) fn module(self, shape: &Shape, uses: &[Use]) -> String {
        let (mut plain, mut send) = (Code::default(), Code::default());
        for usage in uses {
            self.usage(shape, *usage, &mut plain, &mut send);
        }
        let [hides_send, hides_plain] = match self {
            Self::AsyncTrait => ["", ""],
            _ => ["#[allow(unused_imports)] use super::T as SendT;", "#[allow(unused_imports)] use super::SendT as T;"],
        };
        format!(
            "{PRELUDE}\n{}\nmod plain {{ use super::*; {hides_send}\n{} pub async fn run() {{ {} }} }}\nmod send {{ use super::*; \
             {hides_plain}\n{} pub async fn run() {{ {} }} }}\npub async fn run() {{ plain::run().await; send::run().await; }}\n",
            self.items(shape),
            plain.items.concat(),
            plain.calls.concat(),
            send.items.concat(),
            send.calls.concat(),
        )
    }

    fn items(self, shape: &Shape) -> String {
        let siblings =
            if shape.siblings.is_empty() { String::new() } else { format!(", siblings({})", shape.siblings) };
        let (of_trait, of_impl, implemented) = match self {
            Self::Onpar => {
                let objects = if !shape.object {
                    ""
                } else if shape.send {
                    ", dyn = DynT, dyn_send = DynSendT"
                } else {
                    ", dyn = DynT"
                };
                (
                    format!("#[onpar::trait_variant(send = SendT{objects}{siblings})]"),
                    "#[onpar::trait_variant(send = SendT)]".to_owned(),
                    "T",
                )
            }
            Self::AsyncTrait => ("#[async_trait::async_trait]".into(), "#[async_trait::async_trait]".into(), "T"),
            Self::TraitVariant => ("#[trait_variant::make(SendT: Send)]".into(), String::new(), "SendT"),
            Self::Dynosaur => {
                let objects = "#[dynosaur::dynosaur(pub DynT = dyn(box) T, bridge(dyn))] \
                               #[dynosaur::dynosaur(pub DynSendT = dyn(box) SendT, bridge(dyn))]";
                let objects = if shape.object { objects } else { "" };
                (format!("#[trait_variant::make(SendT: Send)] {objects}"), String::new(), "SendT")
            }
        };
        let mut items = shape.items.to_owned();
        if self != Self::Onpar && !shape.bounds.is_empty() {
            items = with_bounds(&items, shape.bounds);
        }
        let (of_base, impl_base, base) = match self {
            Self::Onpar => {
                ("#[onpar::trait_variant(send = SendBase)]", "#[onpar::trait_variant(send = SendBase)]", "Base")
            }
            Self::AsyncTrait => ("#[async_trait::async_trait]", "#[async_trait::async_trait]", "Base"),
            Self::TraitVariant | Self::Dynosaur => ("#[trait_variant::make(SendBase: Send)]", "", "SendBase"),
        };
        let generic_impl = if self == Self::Onpar && !shape.bounds.is_empty() {
            format!("#[onpar::trait_variant(send = SendT, where({}))]", shape.bounds)
        } else {
            of_impl.clone()
        };
        let local = if self == Self::Onpar { "#[onpar::trait_variant(local)]" } else { "" };
        items
            .replace("@trait_base", of_base)
            .replace("@impl_base", impl_base)
            .replace("@trait", &of_trait)
            .replace("@impl impl<", &format!("{generic_impl} impl<"))
            .replace("@impl", &of_impl)
            .replace("@local", local)
            .replace("@value(4)", if self == Self::Onpar { "#[onpar::trait_variant(dyn = 4)]" } else { "" })
            .replace("@Base", base)
            .replace("@T", implemented)
    }

    /// The code of a use, and how it is called.
    fn usage(self, shape: &Shape, usage: Use, plain: &mut Code, send: &mut Code) {
        let Shape { value, call, pointer, .. } = *shape;
        match usage {
            Use::Static => {
                let bound = bound("T", shape);
                plain.items.push(format!("async fn of_static<X: {bound}>(mut x: X) -> u32 {{ {call} }}\n"));
                plain.calls.push(format!("assert_eq!(of_static({value}).await, 7);"));
                if self == Self::Onpar && shape.local {
                    plain.calls.push(format!("assert_eq!(of_static(onpar::traits::Local({value})).await, 7);"));
                }
            }
            Use::Send if shape.concrete => {
                send.calls.push(format!(
                    "assert_eq!(tokio::spawn(async move {{ let mut x = {value}; let n = {call}; n }}).await.unwrap(), 7);"
                ));
            }
            Use::Send => {
                let bound = bound(if self == Self::AsyncTrait { "T" } else { "SendT" }, shape);
                send.items.push(format!(
                    "async fn of_send<X: {bound} + Send + Sync + 'static>(mut x: X) -> u32 {{ {call} }}\n"
                ));
                send.calls.push(format!("assert_eq!(tokio::spawn(of_send({value})).await.unwrap(), 7);"));
                if self == Self::Onpar && shape.proved {
                    send.calls.push(format!(
                        "assert_eq!(tokio::spawn(of_send(T!({value}, as super::T))).await.unwrap(), 7);"
                    ));
                }
            }
            Use::Object => {
                let call = shape.object_call.unwrap_or(call);
                let (ty, new) = self.object(shape, "DynT", false);
                let object = |ty: &str, new: &str| {
                    // In edition 2021, what the last expression borrows would have to outlive `x`.
                    format!("async fn of_object() -> u32 {{ let mut x: {pointer}<{ty}> = {new}; let n = {call}; n }}\n")
                };
                plain.items.push(object(&ty, &new));
                plain.calls.push("assert_eq!(of_object().await, 7);".to_owned());
                if shape.send {
                    let (ty, new) = self.object(shape, "DynSendT", true);
                    send.items.push(object(&ty, &new));
                    send.calls.push("assert_eq!(tokio::spawn(of_object()).await.unwrap(), 7);".to_owned());
                }
            }
        }
    }

    /// The type of a trait object, and how a pointer to one is made.
    fn object(self, shape: &Shape, name: &str, send: bool) -> (String, String) {
        let Shape { value, pointer, .. } = *shape;
        if self == Self::AsyncTrait {
            let autos = if send { " + Send + Sync" } else { "" };
            return (format!("dyn {}{autos}", bound("T", shape)), format!("{pointer}::new({value})"));
        }
        let lifetime = if shape.lifetime { "'_" } else { "" };
        let types = shape.types.iter().map(|(_, ty)| *ty);
        let arguments: Vec<_> =
            [lifetime, shape.parameters].into_iter().filter(|it| !it.is_empty()).chain(types).collect();
        let arguments = if arguments.is_empty() { String::new() } else { format!("<{}>", arguments.join(", ")) };
        let new = match (self, pointer) {
            (Self::Dynosaur, "Box") => format!("{name}::new_box({value})"),
            (Self::Dynosaur, "Arc") => format!("{name}::new_arc({value})"),
            (Self::Dynosaur, _) => format!("{name}::new_rc({value})"),
            _ => format!("{pointer}::new({value})"),
        };
        (format!("{name}{arguments}"), new)
    }
}

/// `T<u32, Out = u32>`
fn bound(name: &str, shape: &Shape) -> String {
    let types = shape.types.iter().map(|(name, ty)| format!("{name} = {ty}"));
    let parameters = (!shape.parameters.is_empty()).then(|| shape.parameters.to_owned());
    let arguments: Vec<_> = parameters.into_iter().chain(types).collect();
    if arguments.is_empty() { name.to_owned() } else { format!("{name}<{}>", arguments.join(", ")) }
}

/// Writes the bounds into each generic `impl`.
fn with_bounds(items: &str, bounds: &str) -> String {
    let mut parts = items.split("@impl impl<");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |with, part| {
        let (head, rest) = part.split_once('{').expect("an `impl` has a body");
        format!("{with}@impl impl<{head} where {bounds} {{{rest}")
    })
}

/// What each module begins with. Shapes are about traits, so what they leave unused does not matter.
const PRELUDE: &str = "#[allow(unused_imports)] use super::pause;";
