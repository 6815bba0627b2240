/** The gateway-api target: weights of an HTTPRoute. */
@NullMarked
package dev.portcullis.rollback.targets.gatewayapi;

import org.jspecify.annotations.NullMarked;
