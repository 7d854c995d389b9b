//! What is refused, and in which words. Each message says why, and what to write instead.
//!
//! All of them stand here, but for what cannot even be read; the folder `ui` of the tests has a program for each. It has so
//! many lines because it has all messages, and a message is best read beside the condition that it is about.

use proc_macro2::Span;
use syn::spanned::Spanned as _;
use syn::{Error, Ident, ImplItem, Path, Result, TraitItem, Type, TypeParamBound};

use super::boxed::missing_in_a_box;
use super::conditional::conditional;
use super::family::{Family, needs_size};
use super::method::{Method, Returns, Takes, bare_self, opaque_output};
use super::of_call::{OfCall, of_call};
use super::parse::{Impl, Input, Options, Pointer, Send, Trait, Variant, Wishes};
use super::side::{Side, is};

/// The auto traits that a future may be asked to have.
const AUTO_TRAITS: &[&str] = &["Send", "Sync", "Unpin", "UnwindSafe", "RefUnwindSafe"];
/// For more conditions, the constructors would be too many: one for each way in which they may hold.
const MOST_CONDITIONS: usize = 4;
/// How many arguments the constructor can pass, `self` among them.
const MOST_ARGUMENTS: usize = 12;

/// What there is nothing to say against.
pub(crate) enum Checked {
    Trait(Box<Trait>),
    /// With the trait that is implemented, and the option that says where.
    Impl(Box<Impl>, Path, Send),
}

pub(crate) fn check(input: Input) -> Result<Checked> {
    match input {
        Input::Trait(input) => {
            let mut found = Found(None);
            of_trait(&input, &mut found);
            found.result().map(|()| Checked::Trait(input))
        }
        Input::Impl(mut input) => {
            let mut found = Found(None);
            let Some((_, of, _)) = input.item.trait_.clone() else {
                return Err(Error::new_spanned(
                    &input.item.self_ty,
                    "`#[trait_variant]` stands on the `impl` of a trait, and this one is of a type alone",
                ));
            };
            of_impl(&input, &mut found);
            found.result()?;
            let span = input.item.impl_token.span;
            match input.options.send.take() {
                Some(send) => Ok(Checked::Impl(input, of, send)),
                None => Err(Error::new(
                    span,
                    "name the sibling that is implemented beside: `#[trait_variant(send = SendService)]`; or, if this is the \
                     `impl` of the sibling itself, `#[trait_variant(send)]`",
                )),
            }
        }
    }
}

/// The errors so far.
struct Found(Option<Error>);

impl Found {
    fn push(&mut self, span: Span, says: impl core::fmt::Display) {
        let error = Error::new(span, says);
        match &mut self.0 {
            Some(first) => first.combine(error),
            None => self.0 = Some(error),
        }
    }

    fn result(self) -> Result<()> {
        self.0.map_or(Ok(()), Err)
    }
}

fn of_trait(input: &Trait, found: &mut Found) {
    let options = &input.options;
    let family = Family::new(input);
    options_of_trait(input, found);
    for item in &input.item.items {
        match item {
            TraitItem::Macro(it) => found.push(
                it.mac.path.span(),
                "the attribute cannot see which methods a macro makes: write them out, or put the attribute into what the \
                 macro makes",
            ),
            TraitItem::Verbatim(it) => found.push(it.span(), "the attribute does not know this kind of item"),
            _ => {}
        }
    }
    let has_async = family.methods.iter().any(|method| !matches!(method.returns, Returns::Plain));
    if !has_async {
        found.push(
            input.item.ident.span(),
            "no method of this trait is async, so it is its own `Send` sibling, and `dyn` works on it without an attribute: \
             take the attribute off",
        );
    }
    for (item, wishes) in input.item.items.iter().zip(&input.wishes) {
        wishes_of_trait(item, wishes, options, found);
    }
    for method in &family.methods {
        arguments(method, found);
        if options.send.is_some() && method.is_proved() && is_rc(method) {
            found.push(
                method.name().span(),
                "a future that holds `self: Rc<Self>` is never `Send`: take an `Arc`, or write `#[trait_variant(local)]` on the \
                 method, which leaves its future as it is on the `Send` side",
            );
        }
    }
    if options.object.is_some() || options.send_object.is_some() {
        object(&family, found);
    }
    if let Some(forward) = &options.forward {
        for (pointer, span) in &forward.pointers {
            forwards(&family, *pointer, *span, found);
        }
    }
}

fn options_of_trait(input: &Trait, found: &mut Found) {
    let options = &input.options;
    if options.send.is_none() && options.object.is_none() && options.send_object.is_none() {
        found.push(
            Span::call_site(),
            "say which forms the trait is to have: `send = SendService`, `dyn = DynService`, `dyn_send = DynSendService`, or some \
             of them",
        );
    }
    if let Some(send) = &options.send {
        match &send.path {
            None => found.push(send.span, "give the sibling a name: `send = SendService`"),
            Some(path) if path.get_ident().is_none() => {
                found.push(path.span(), "the sibling stands beside the trait, so this is a name and not a path");
            }
            Some(_) => {}
        }
        auto_traits(send.bounds.as_ref(), found);
    }
    for variant in options.object.iter().chain(&options.send_object) {
        auto_traits(variant.bounds.as_ref(), found);
    }
    if let (Some(object), None) = (&options.send_object, &options.send) {
        found.push(
            object.name.span(),
            "this is an object of the `Send` sibling, and there is none: add `send = SendService`",
        );
    }
    let send = options.send.as_ref().and_then(|it| it.path.as_ref()).and_then(Path::get_ident);
    let forms = options.object.iter().chain(&options.send_object).map(|it| &it.name);
    let mut names = vec![&input.item.ident];
    for name in send.into_iter().chain(forms) {
        if *name == input.item.ident {
            found.push(name.span(), format_args!("`{name}` is the trait itself: give its form another name"));
        } else if names.contains(&name) {
            found.push(name.span(), format_args!("two forms cannot both be called `{name}`"));
        }
        names.push(name);
    }
    if options.send.is_none() {
        if let Some(bound) = options.bounds.first() {
            found.push(
                bound.span(),
                "`where(..)` is what holds on the `Send` side only, and there is none: add `send = SendService`, or write it \
                 into the `where` clause of the trait",
            );
        }
        if let Some(sibling) = options.siblings.first() {
            found.push(
                sibling.plain.span(),
                "`siblings(..)` says what a trait is called on the `Send` side, and there is none: add `send = SendService`",
            );
        }
    }
    if let (Some(inline), None, None) = (&options.inline, &options.object, &options.send_object) {
        found.push(inline.span(), "`inline` is about the calls of a trait object: add `dyn = DynService`");
    }
}

fn auto_traits(bounds: Option<&super::parse::Bounds>, found: &mut Found) {
    for bound in bounds.into_iter().flatten() {
        if !AUTO_TRAITS.iter().any(|name| is(bound, name)) {
            found.push(bound.span(), format_args!("only auto traits can stand here: {}", AUTO_TRAITS.join(", ")));
        }
    }
}

fn wishes_of_trait(item: &TraitItem, wishes: &Wishes, options: &Options, found: &mut Found) {
    let has_object = options.object.is_some() || options.send_object.is_some();
    match item {
        TraitItem::Fn(it) => {
            if let Some(value) = &wishes.object {
                found.push(value.span(), "`dyn = ..` is the value of a constant, and this is a method");
            }
            let method = Method::of_trait(it, &Wishes::default());
            if wishes.local && matches!(method.returns, Returns::Plain) {
                found.push(
                    it.sig.ident.span(),
                    "`local` says that a future need not be `Send`, and this method returns none",
                );
            }
            if (wishes.local || !wishes.bounds.is_empty()) && options.send.is_none() {
                found.push(
                    it.sig.ident.span(),
                    "this is about the `Send` side, and there is none: add `send = SendService`",
                );
            }
        }
        TraitItem::Const(it) => {
            if has_object && wishes.object.is_none() {
                let says = "a trait object has no constants, because which type is in it is known at run time only: say which \
                            value the object itself has, `#[trait_variant(dyn = ..)]`, or write a method `fn name(&self)`";
                found.push(it.ident.span(), says);
            }
            if let (Some(value), false) = (&wishes.object, has_object) {
                found.push(
                    value.span(),
                    "this is the value for a trait object, and there is none: add `dyn = DynService`",
                );
            }
        }
        TraitItem::Type(it) if has_object && !it.generics.params.is_empty() && !needs_size(it) => {
            let says = "a trait object cannot have a type with parameters: write `where Self: Sized` behind it, which leaves it \
                        out of the object, together with the methods that use it";
            found.push(it.ident.span(), says);
        }
        _ => {}
    }
}

/// The arguments of a method that all forms have.
fn arguments(method: &Method, found: &mut Found) {
    for input in &method.signature.inputs {
        let attributes = match input {
            syn::FnArg::Receiver(it) => &it.attrs,
            syn::FnArg::Typed(it) => &it.attrs,
        };
        if let Some(condition) = attributes.iter().find(|it| it.path().is_ident("cfg")) {
            found.push(
                condition.span(),
                "a call cannot leave an argument out: write the method twice, each time under its `#[cfg]`",
            );
        }
    }
    if let Some(dots) = &method.signature.variadic {
        found.push(dots.span(), "a method of a trait cannot have these");
    }
}

fn is_rc(method: &Method) -> bool {
    method.receiver().is_some_and(|receiver| {
        let ty = &receiver.ty;
        method.takes == Takes::Shared
            && matches!(&**ty, Type::Path(it) if it.path.segments.last().is_some_and(|segment| segment.ident == "Rc"))
    })
}

const LEAVE_OUT: &str = "write `where Self: Sized` behind it, which leaves it out of the object";

/// What a trait object cannot have.
fn object(family: &Family<'_>, found: &mut Found) {
    let input = family.input;
    let options = &input.options;
    if let Some(sized) = input.item.supertraits.iter().find(|bound| is(bound, "Sized")) {
        found.push(sized.span(), "a trait object has no size, so it cannot be of a trait that asks for `Sized`");
    }
    for sibling in &options.siblings {
        let same = |bound: &&TypeParamBound| matches!(bound, TypeParamBound::Trait(it) if last(&it.path) == last(&sibling.plain));
        if let Some(base) = input.item.supertraits.iter().find(same) {
            found.push(
                base.span(),
                "a trait object cannot have an async trait as a supertrait: its methods return types that only the \
                 implementation knows; make the other trait an associated type, or give this trait a method that returns it",
            );
        }
    }
    for method in family.methods.iter().filter(|method| !method.needs_size()) {
        method_of_object(method, options.inline.is_some(), found);
    }
    let by_value = family.methods.iter().find(|method| method.takes == Takes::Value && !method.needs_size());
    if let (Some(by_value), Some(missing)) = (by_value, missing_in_a_box(family, &Side::Plain)) {
        let by_value = by_value.name();
        found.push(
            missing,
            format_args!(
                "`{by_value}` takes `self` by value, so it is the `Box` of an object that implements the trait, and a box cannot \
                 have this: take `self: Box<Self>` in `{by_value}`, or write `where Self: Sized` behind that one, which leaves it \
                 out of the object"
            ),
        );
    }
}

fn last(path: &Path) -> Option<&Ident> {
    path.segments.last().map(|segment| &segment.ident)
}

fn method_of_object(method: &Method, inline: bool, found: &mut Found) {
    let name = method.name();
    if method.takes == Takes::Nothing {
        found.push(
            name.span(),
            format_args!("a trait object finds its methods by `self`, and `{name}` has none: {LEAVE_OUT}"),
        );
        return;
    }
    if let Some(span) = method.generic() {
        found.push(
            span,
            format_args!(
                "a generic method cannot be called through a trait object, which has one function for each method: {LEAVE_OUT}, \
                 or take a `&mut dyn Trait` or a `Box<dyn Trait>`"
            ),
        );
        return;
    }
    let named = method.named();
    if let Some(span) = named.arguments.iter().chain([&named.output]).find_map(bare_self) {
        found.push(
            span,
            format_args!(
                "behind a trait object, nobody knows which type `Self` is: {LEAVE_OUT}, or take and return a `Box`"
            ),
        );
    }
    if let Some(span) = opaque_output(method) {
        found.push(
            span,
            format_args!(
                "a trait object cannot forget a type inside of another one: return a `Box<dyn Trait>`, or {LEAVE_OUT}"
            ),
        );
    }
    match &method.returns {
        Returns::Iterator(..) | Returns::Stream(..) | Returns::Opaque(_) if inline => found.push(
            name.span(),
            format_args!("without a heap, a trait object can return futures, and no other `impl Trait`: {LEAVE_OUT}"),
        ),
        Returns::Iterator(..) | Returns::Stream(..) | Returns::Opaque(_)
            if matches!(of_call(method), OfCall::IsWithin(_)) =>
        {
            found.push(
                name.span(),
                format_args!(
                    "what it returns borrows for more than one lifetime, and the compiler has no name for what they have in \
                     common: give `&self` and the other arguments one lifetime, `fn {name}<'a>(&'a self, other: &'a Other)`"
                ),
            );
        }
        Returns::Opaque(bounds) => {
            let traits = bounds.iter().filter(|bound| {
                matches!(bound, TypeParamBound::Trait(_)) && !AUTO_TRAITS.iter().any(|name| is(bound, name))
            });
            if traits.count() != 1 {
                found.push(
                    bounds.span(),
                    "a trait object can forget all of a type but one trait: make one trait of these, or return a type of your own",
                );
            }
        }
        _ => {}
    }
}

/// What a pointer cannot forward.
fn forwards(family: &Family<'_>, pointer: Pointer, span: Span, found: &mut Found) {
    let fits = |method: &Method| match pointer {
        Pointer::Ref | Pointer::Rc | Pointer::Arc => matches!(method.takes, Takes::Ref | Takes::Nothing),
        Pointer::Mut => matches!(method.takes, Takes::Ref | Takes::Mut | Takes::Nothing),
        Pointer::Box => {
            matches!(method.takes, Takes::Ref | Takes::Mut | Takes::Nothing | Takes::Value | Takes::Box)
        }
    };
    let by_default = |method: &Method| method.needs_size() && method.body.is_some();
    if let Some(method) = family.methods.iter().find(|method| !fits(method) && !by_default(method)) {
        let name = method.name();
        found.push(span, format_args!("such a pointer cannot give `{name}` the `self` that it takes"));
    }
    if let Some((method, _)) = family.bare_self() {
        let name = method.name();
        found.push(span, format_args!("`{name}` takes or returns a `Self`, which a pointer is not"));
    }
}

fn of_impl(input: &Impl, found: &mut Found) {
    let options = &input.options;
    let forms: Vec<&Variant> = options.object.iter().chain(&options.send_object).collect();
    for form in forms {
        found.push(form.name.span(), "trait objects are a matter of the trait: this stands on an `impl`");
    }
    if let Some((_, span)) = options.forward.iter().flat_map(|it| &it.pointers).next() {
        found.push(*span, "pointers are a matter of the trait: this stands on an `impl`");
    }
    if options.plain_errors {
        found.push(Span::call_site(), "`plain_errors` is a matter of the trait: this stands on an `impl`");
    }
    if let Some(inline) = &options.inline {
        found.push(inline.span(), "trait objects are a matter of the trait: this stands on an `impl`");
    }
    auto_traits(options.send.as_ref().and_then(|it| it.bounds.as_ref()), found);
    for (item, wishes) in input.item.items.iter().zip(&input.wishes) {
        match item {
            ImplItem::Fn(it) => {
                let method = Method::of_impl(it, wishes);
                arguments(&method, found);
                if let Some(value) = &wishes.object {
                    found.push(value.span(), "the constants of a trait object are a matter of the trait");
                }
                if wishes.local && matches!(method.returns, Returns::Plain) {
                    found.push(
                        it.sig.ident.span(),
                        "`local` says that a future need not be `Send`, and this method returns none",
                    );
                }
            }
            ImplItem::Macro(it) => found.push(
                it.mac.path.span(),
                "the attribute cannot see which methods a macro makes: write them out, or put the attribute into what the \
                 macro makes",
            ),
            _ => {}
        }
    }
}

/// Why a trait has no constructor: the words for whoever calls it, and what stands in the way.
pub(crate) fn no_constructor(family: &Family<'_>) -> Option<(Span, String)> {
    let of = family.name();
    let borrows_for = family.generics().lifetimes().next();
    let lifetime = borrows_for.map(|it| {
        (
            it.lifetime.span(),
            format!(
                "the trait has a lifetime `{}`, which the compiler loses sight of in a task (rust-lang/rust#100013)",
                it.lifetime
            ),
        )
    });
    let reason = family.methods.iter().find_map(|method| {
        let name = method.name();
        let because = |why: &str| Some((name.span(), format!("`{name}` {why}")));
        if !matches!(method.takes, Takes::Nothing) && !is_known(method) {
            return because("has a `self` that a wrapper cannot give");
        }
        if method.body.is_none() && mentions_self(method) {
            return because("takes or returns a `Self`, which the wrapper is not");
        }
        if !method.is_proved() {
            return None;
        }
        if method.takes == Takes::Nothing {
            return because("has no `self`, so there is no value that could carry the proof");
        }
        if method.generic().is_some() {
            return because("is generic, and a proof would have to be one for all types at once");
        }
        if method.is_unsafe() {
            return because("is unsafe, and only safe functions can be passed as values that are called");
        }
        if method.bound_lifetime().is_some() {
            return because(
                "has a lifetime with a bound, so that it cannot be passed as a value that is good for all lifetimes",
            );
        }
        if opaque_output(method).is_some() {
            return because("returns an `impl Trait` inside of another type, which has no name that a proof could use");
        }
        if method.signature.inputs.len() > MOST_ARGUMENTS {
            return because("has more than twelve arguments");
        }
        if let Returns::Opaque(bounds) = &method.returns
            && bounds.iter().any(|bound| matches!(bound, TypeParamBound::Trait(it) if borrows(&it.path)))
        {
            return because("returns an `impl Trait` with a lifetime in it, which a proof cannot name");
        }
        None
    });
    let (span, reason) = reason.or(lifetime).or_else(|| {
        (conditional(family).len() > MOST_CONDITIONS)
            .then(|| (of.span(), format!("its methods stand under more than {MOST_CONDITIONS} different conditions")))
    })?;
    let send = family.input.options.send.as_ref().and_then(|it| it.path.as_ref()).and_then(last)?;
    let says = format!(
        "`{of}!` cannot prove that a `{of}` is a `{send}`: {reason}. Write `#[trait_variant(send = {send})]` on the `impl` of \
         `{of}` instead, which implements both"
    );
    Some((span, says))
}

/// Whether a method takes or returns a `Self`.
pub(crate) fn mentions_self(method: &Method) -> bool {
    let named = method.named();
    named.arguments.iter().chain([&named.output]).any(|ty| bare_self(ty).is_some())
}

/// Whether the `self` of a wrapper can be made that of its value.
pub(crate) fn is_known(method: &Method) -> bool {
    if method.takes != Takes::Other {
        return true;
    }
    method.receiver().is_some_and(|receiver| {
        matches!(&*receiver.ty, Type::Path(it) if it.path.segments.last().is_some_and(|segment| segment.ident == "Pin"))
    })
}

/// Whether a lifetime stands in the arguments of a path, or is left out there.
fn borrows(path: &Path) -> bool {
    struct Find(bool);

    impl syn::visit::Visit<'_> for Find {
        fn visit_lifetime(&mut self, lifetime: &syn::Lifetime) {
            self.0 |= lifetime.ident != "static";
        }

        fn visit_type_reference(&mut self, _: &syn::TypeReference) {
            self.0 = true;
        }
    }

    let mut find = Find(false);
    syn::visit::Visit::visit_path(&mut find, path);
    find.0
}
