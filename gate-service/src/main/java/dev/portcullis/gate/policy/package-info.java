/** What the configuration folder says of a service, and the rules that turn a judgement into a decision. */
@NullMarked
package dev.portcullis.gate.policy;

import org.jspecify.annotations.NullMarked;
