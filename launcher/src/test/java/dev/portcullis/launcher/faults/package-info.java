/** The standalone process under random faults of its database, its network, the metric pages and of itself. */
@NullMarked
package dev.portcullis.launcher.faults;

import org.jspecify.annotations.NullMarked;
