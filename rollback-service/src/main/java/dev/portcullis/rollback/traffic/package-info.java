/** Objects of a cluster that divide requests between versions: how they are read, and given all to the stable version. */
@NullMarked
package dev.portcullis.rollback.traffic;

import org.jspecify.annotations.NullMarked;
