/** What a service tells of itself beside readiness: what it depends on, and which configuration it uses. */
@NullMarked
package dev.portcullis.kit.health;

import org.jspecify.annotations.NullMarked;
