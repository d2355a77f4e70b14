use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

/// To bytes and back: fields one after the other, numbers big-endian, lengths in front of what varies.
pub(super) trait Pack: Sized {
    fn pack(&self, out: &mut Vec<u8>);
    fn unpack(bytes: &mut &[u8]) -> Option<Self>;
}

macro_rules! numbers {
    ($($type:ty)*) => {$(
        impl Pack for $type {
            fn pack(&self, out: &mut Vec<u8>) {
                out.extend(self.to_be_bytes());
            }

            fn unpack(bytes: &mut &[u8]) -> Option<Self> {
                let (first, rest) = bytes.split_first_chunk()?;
                *bytes = rest;
                Some(Self::from_be_bytes(*first))
            }
        }
    )*};
}

numbers!(u8 u16 u32 u64 i64 u128);

impl<const N: usize> Pack for [u8; N] {
    fn pack(&self, out: &mut Vec<u8>) {
        out.extend(self);
    }

    fn unpack(bytes: &mut &[u8]) -> Option<Self> {
        let (first, rest) = bytes.split_first_chunk()?;
        *bytes = rest;
        Some(*first)
    }
}

impl Pack for bool {
    fn pack(&self, out: &mut Vec<u8>) {
        out.push(u8::from(*self));
    }

    fn unpack(bytes: &mut &[u8]) -> Option<Self> {
        match u8::unpack(bytes)? {
            0 => Some(false),
            1 => Some(true),
            _ => None,
        }
    }
}

impl Pack for String {
    fn pack(&self, out: &mut Vec<u8>) {
        (self.len() as u64).pack(out);
        out.extend(self.as_bytes());
    }

    fn unpack(bytes: &mut &[u8]) -> Option<Self> {
        let length = usize::try_from(u64::unpack(bytes)?).ok()?;
        let (text, rest) = bytes.split_at_checked(length)?;
        *bytes = rest;
        Self::from_utf8(text.to_vec()).ok()
    }
}

impl Pack for Duration {
    fn pack(&self, out: &mut Vec<u8>) {
        self.as_nanos().pack(out);
    }

    fn unpack(bytes: &mut &[u8]) -> Option<Self> {
        u64::try_from(u128::unpack(bytes)?).ok().map(Self::from_nanos)
    }
}

impl<T: Pack> Pack for Option<T> {
    fn pack(&self, out: &mut Vec<u8>) {
        self.is_some().pack(out);
        if let Some(it) = self {
            it.pack(out);
        }
    }

    fn unpack(bytes: &mut &[u8]) -> Option<Self> {
        if bool::unpack(bytes)? {
            T::unpack(bytes).map(Some)
        } else {
            Some(None)
        }
    }
}

impl<A: Pack, B: Pack> Pack for (A, B) {
    fn pack(&self, out: &mut Vec<u8>) {
        self.0.pack(out);
        self.1.pack(out);
    }

    fn unpack(bytes: &mut &[u8]) -> Option<Self> {
        Some((A::unpack(bytes)?, B::unpack(bytes)?))
    }
}

fn pack_all<'a, T: Pack + 'a>(all: impl ExactSizeIterator<Item = &'a T>, out: &mut Vec<u8>) {
    (all.len() as u64).pack(out);
    all.for_each(|it| it.pack(out));
}

fn unpack_all<T: Pack, C: FromIterator<T>>(bytes: &mut &[u8]) -> Option<C> {
    let length = u64::unpack(bytes)?;
    (0..length).map(|_| T::unpack(bytes)).collect()
}

impl<T: Pack> Pack for Vec<T> {
    fn pack(&self, out: &mut Vec<u8>) {
        pack_all(self.iter(), out);
    }

    fn unpack(bytes: &mut &[u8]) -> Option<Self> {
        unpack_all(bytes)
    }
}

impl<T: Pack + Ord> Pack for BTreeSet<T> {
    fn pack(&self, out: &mut Vec<u8>) {
        pack_all(self.iter(), out);
    }

    fn unpack(bytes: &mut &[u8]) -> Option<Self> {
        unpack_all(bytes)
    }
}

impl<K: Pack + Ord, V: Pack> Pack for BTreeMap<K, V> {
    fn pack(&self, out: &mut Vec<u8>) {
        (self.len() as u64).pack(out);
        for (key, value) in self {
            key.pack(out);
            value.pack(out);
        }
    }

    fn unpack(bytes: &mut &[u8]) -> Option<Self> {
        unpack_all(bytes)
    }
}
