/** The istio target: weights of a VirtualService. */
@NullMarked
package dev.portcullis.rollback.target.istio;

import org.jspecify.annotations.NullMarked;
