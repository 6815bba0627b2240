package dev.portcullis.launcher.fuzz;

import com.google.protobuf.ByteString;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import io.grpc.Channel;
import io.grpc.reflection.v1.ServerReflectionGrpc;
import io.grpc.reflection.v1.ServerReflectionRequest;
import io.grpc.reflection.v1.ServerReflectionResponse;
import io.grpc.reflection.v1.ServiceResponse;
import io.grpc.stub.StreamObserver;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** The rpcs of a server with the form of their requests, as it tells them itself, so that none is forgotten. */
final class ServedMethods {
    private ServedMethods() {}

    /** All of them. */
    static List<MethodDescriptor> of(Channel channel) {
        var services = ask(
                        channel,
                        ServerReflectionRequest.newBuilder()
                                .setListServices("*")
                                .build())
                .getListServicesResponse()
                .getServiceList();
        return services.stream()
                .map(ServiceResponse::getName)
                .flatMap(name -> methods(channel, name).stream())
                .toList();
    }

    private static List<MethodDescriptor> methods(Channel channel, String service) {
        var answer = ask(
                channel,
                ServerReflectionRequest.newBuilder()
                        .setFileContainingSymbol(service)
                        .build());
        var protos = new HashMap<String, FileDescriptorProto>();
        FileDescriptorProto own = null;
        for (var bytes : answer.getFileDescriptorResponse().getFileDescriptorProtoList()) {
            var proto = parsed(bytes);
            protos.put(proto.getName(), proto);
            own = own == null ? proto : own;
        }
        if (own == null) {
            throw new IllegalStateException("reflection tells nothing of " + service);
        }
        return file(own, protos, new HashMap<>())
                .findServiceByName(service.substring(service.lastIndexOf('.') + 1))
                .getMethods();
    }

    private static FileDescriptorProto parsed(ByteString bytes) {
        try {
            return FileDescriptorProto.parseFrom(bytes);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException(e);
        }
    }

    private static FileDescriptor file(
            FileDescriptorProto proto, Map<String, FileDescriptorProto> protos, Map<String, FileDescriptor> built) {
        var known = built.get(proto.getName());
        if (known != null) {
            return known;
        }
        var needed = proto.getDependencyList().stream()
                .map(name -> file(protos.get(name), protos, built))
                .toArray(FileDescriptor[]::new);
        try {
            var file = FileDescriptor.buildFrom(proto, needed);
            built.put(proto.getName(), file);
            return file;
        } catch (DescriptorValidationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static ServerReflectionResponse ask(Channel channel, ServerReflectionRequest question) {
        var answer = new CompletableFuture<ServerReflectionResponse>();
        var questions = ServerReflectionGrpc.newStub(channel).serverReflectionInfo(new StreamObserver<>() {
            @Override
            public void onNext(ServerReflectionResponse response) {
                answer.complete(response);
            }

            @Override
            public void onError(Throwable fault) {
                answer.completeExceptionally(fault);
            }

            @Override
            public void onCompleted() {}
        });
        questions.onNext(question);
        var told = answer.orTimeout(60, TimeUnit.SECONDS).join();
        questions.onCompleted();
        return told;
    }
}
