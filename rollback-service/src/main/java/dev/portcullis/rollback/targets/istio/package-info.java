/** The istio target: weights of a VirtualService. */
@NullMarked
package dev.portcullis.rollback.targets.istio;

import org.jspecify.annotations.NullMarked;
