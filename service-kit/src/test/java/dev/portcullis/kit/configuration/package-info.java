/** Tests of the configuration folder. */
@NullMarked
package dev.portcullis.kit.configuration;

import org.jspecify.annotations.NullMarked;
