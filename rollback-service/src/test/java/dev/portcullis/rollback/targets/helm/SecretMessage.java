package dev.portcullis.rollback.targets.helm;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnknownFieldSet;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/** A Secret as Kubernetes' clients send it: protobuf behind a mark of four bytes (k8s.io/api/core/v1/generated.proto), turned into JSON. */
final class SecretMessage {
    private static final int MARK = 4;
    private static final int LABELS = 11;

    private SecretMessage() {}

    static ObjectNode json(byte[] body) {
        try {
            var message = UnknownFieldSet.parseFrom(Arrays.copyOfRange(body, MARK, body.length));
            var secret = UnknownFieldSet.parseFrom(bytes(message, 2).getFirst());
            var meta = UnknownFieldSet.parseFrom(bytes(secret, 1).getFirst());
            var json = JsonNodeFactory.instance
                    .objectNode()
                    .put("apiVersion", "v1")
                    .put("kind", "Secret")
                    .put("type", "helm.sh/release.v1");
            var labels = json.putObject("metadata")
                    .put("name", text(meta, 1))
                    .put("namespace", "shop")
                    .putObject("labels");
            for (var entry : bytes(meta, LABELS)) {
                var pair = UnknownFieldSet.parseFrom(entry);
                labels.put(text(pair, 1), text(pair, 2));
            }
            var data = json.putObject("data");
            for (var entry : bytes(secret, 2)) {
                var pair = UnknownFieldSet.parseFrom(entry);
                data.put(
                        text(pair, 1),
                        Base64.getEncoder()
                                .encodeToString(bytes(pair, 2).getFirst().toByteArray()));
            }
            return json;
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static List<ByteString> bytes(UnknownFieldSet message, int field) {
        return message.getField(field).getLengthDelimitedList();
    }

    private static String text(UnknownFieldSet message, int field) {
        return bytes(message, field).getFirst().toStringUtf8();
    }
}
