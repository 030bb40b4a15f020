use annals_text::InputError;

/// Something that went wrong, with what the user can do about it.
#[derive(Debug)]
pub(crate) struct Problem {
    pub(crate) error: anyhow::Error,
    pub(crate) hint: Option<&'static str>,
}

impl Problem {
    pub(crate) fn new(error: impl Into<anyhow::Error>, hint: &'static str) -> Self {
        Self { error: error.into(), hint: Some(hint) }
    }
}

impl From<InputError> for Problem {
    fn from(error: InputError) -> Self {
        let hint = error.hint();
        Self::new(error, hint)
    }
}

/// What we know no advice for.
macro_rules! without_hint {
    ($($error:ty),+) => {
        $(impl From<$error> for Problem {
            fn from(error: $error) -> Self {
                Self { error: error.into(), hint: None }
            }
        })+
    };
}

without_hint!(anyhow::Error, std::io::Error, serde_json::Error, annals_actors::RegistryError, annals_eval::EvalError);
