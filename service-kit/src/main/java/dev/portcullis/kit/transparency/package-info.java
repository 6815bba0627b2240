/**
 * A log whose every reader can prove that nothing in it was changed: a Merkle tree (RFC 6962), its signed checkpoints, tiles and proofs in the formats of C2SP
 * (signed-note, tlog-checkpoint, tlog-tiles, tlog-proof). Knows only Java.
 */
@NullMarked
package dev.portcullis.kit.transparency;

import org.jspecify.annotations.NullMarked;
