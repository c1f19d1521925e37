/**
 * The state behind the opaque values of scripts: running digests, entropy, Bloom filters, cardinality, top-k and globs.
 * Nothing here knows script types; keys come as bytes, hashes or objects. Everything belongs to one thread. Read {@link
 * BloomFilter} first.
 */
@NullMarked
package dev.tandem.script.opaque;

import org.jspecify.annotations.NullMarked;
