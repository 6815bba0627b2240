/** The configuration folder: YAML files read strictly, with exact positions, and kept alive while the service runs. */
@NullMarked
package dev.portcullis.kit.configuration;

import org.jspecify.annotations.NullMarked;
