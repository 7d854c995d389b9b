//! [`Shape`]: a trait of some form, and how it is used, in words that each tool understands in its own way.
//!
//! The source has these marks: `@trait` and `@impl` stand for the attributes of the tool, `@T` for the trait that an
//! implementation implements, `@local` for what leaves the future of a method as it is, and `@value(3)` for the value that a
//! constant has in a trait object.

/// A trait of some form.
#[derive(Clone, Copy, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "a row of a table has a cell for each")]
pub(crate) struct Shape {
    pub(crate) name: &'static str,
    /// The trait `T`, the type `S` that implements it, and what else they need.
    pub(crate) items: &'static str,
    /// A value of `S`.
    pub(crate) value: &'static str,
    /// What is called on `x`, of a type that implements `T`. It gives 7.
    pub(crate) call: &'static str,
    /// The parameters that `T` is used with.
    pub(crate) parameters: &'static str,
    /// The associated types, with what they are.
    pub(crate) types: &'static [(&'static str, &'static str)],
    /// What holds on the `Send` side only.
    pub(crate) bounds: &'static str,
    /// Other traits that have a sibling.
    pub(crate) siblings: &'static str,
    /// Whether the constructor can prove it.
    pub(crate) proved: bool,
    /// Whether a task is of one type only: generic ones are refused by the compiler, with or without attributes
    /// (rust-lang/rust#100013).
    pub(crate) concrete: bool,
    /// Whether its futures are `Send`.
    pub(crate) send: bool,
    /// Whether there is a trait object of it.
    pub(crate) object: bool,
    /// Whether a wrapper may stand in its place.
    pub(crate) local: bool,
    /// The pointer to a trait object.
    pub(crate) pointer: &'static str,
    /// What stands around `x` for a trait object, if it is called in another way.
    pub(crate) object_call: Option<&'static str>,
    /// Whether a trait object has a lifetime.
    pub(crate) lifetime: bool,
}

impl Shape {
    pub(crate) const fn new(name: &'static str, items: &'static str, call: &'static str) -> Self {
        Self {
            name,
            items,
            value: "S(3)",
            call,
            parameters: "",
            types: &[],
            bounds: "",
            siblings: "",
            proved: true,
            concrete: false,
            send: true,
            object: true,
            local: true,
            pointer: "Box",
            object_call: None,
            lifetime: true,
        }
    }

    pub(crate) const fn value(self, value: &'static str) -> Self {
        Self { value, ..self }
    }

    pub(crate) const fn parameters(self, parameters: &'static str) -> Self {
        Self { parameters, ..self }
    }

    pub(crate) const fn types(self, types: &'static [(&'static str, &'static str)]) -> Self {
        Self { types, ..self }
    }

    pub(crate) const fn bounds(self, bounds: &'static str) -> Self {
        Self { bounds, ..self }
    }

    pub(crate) const fn siblings(self, siblings: &'static str) -> Self {
        Self { siblings, ..self }
    }

    /// The constructor refuses it, as it has to.
    pub(crate) const fn unproved(self) -> Self {
        Self { proved: false, ..self }
    }

    pub(crate) const fn concrete(self) -> Self {
        Self { concrete: true, ..self }
    }

    pub(crate) const fn not_send(self) -> Self {
        Self { send: false, ..self }
    }

    /// It cannot be a trait object, in any language.
    pub(crate) const fn no_object(self) -> Self {
        Self { object: false, ..self }
    }

    /// `Local` cannot stand in its place.
    pub(crate) const fn no_local(self) -> Self {
        Self { local: false, ..self }
    }

    pub(crate) const fn pointer(self, pointer: &'static str) -> Self {
        Self { pointer, ..self }
    }

    pub(crate) const fn object_call(self, call: &'static str) -> Self {
        Self { object_call: Some(call), ..self }
    }

    /// Its trait object lives as long as it likes.
    pub(crate) const fn without_lifetime(self) -> Self {
        Self { lifetime: false, ..self }
    }
}
