package dev.portcullis.kit.tls;

import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A private key in PEM, not encrypted: PKCS#8, or the older forms that hold the bare RSA or EC key (PKCS#1, SEC 1), which certificate managers write by default.
 * What those lack, the kind of the key, stands in the certificate.
 */
final class KeyFile {
    private static final Pattern PEM =
            Pattern.compile("-----BEGIN (?<form>|RSA |EC )PRIVATE KEY-----(?<content>[^-]*)-----END");

    private static final int SEQUENCE = 0x30;
    private static final int OCTET_STRING = 0x04;
    private static final byte[] VERSION_0 = {2, 1, 0};
    private static final int LONG_LENGTH = 0x80;

    private KeyFile() {}

    /**
     * The key that belongs to a certificate.
     *
     * @param text content of {@code file}
     * @throws TlsFilesException naming the file, never showing what is in it
     */
    static PrivateKey read(Path file, String text, PublicKey certified) throws TlsFilesException {
        Matcher pem = PEM.matcher(text);
        if (!pem.find()) {
            throw new TlsFilesException("file " + file + " holds no private key in PEM that is not encrypted", null);
        }
        try {
            byte[] content = Base64.getMimeDecoder().decode(pem.group("content"));
            byte[] key = pem.group("form").isEmpty() ? content : wrapped(content, certified);
            var found = KeyFactory.getInstance(certified.getAlgorithm()).generatePrivate(new PKCS8EncodedKeySpec(key));
            if (!belong(found, certified)) {
                throw new TlsFilesException("file " + file + " holds another key than that of its certificate", null);
            }
            return found;
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            // Without the cause, which may show a part of the key.
            throw new TlsFilesException(
                    "file " + file + " holds no " + certified.getAlgorithm() + " key, unlike its certificate", null);
        }
    }

    /** Whether what one signs is verified by the other. */
    private static boolean belong(PrivateKey key, PublicKey certified) throws GeneralSecurityException {
        var algorithm =
                switch (certified.getAlgorithm()) {
                    case "RSA" -> "SHA256withRSA";
                    case "EC" -> "SHA256withECDSA";
                    default -> certified.getAlgorithm();
                };
        var signature = Signature.getInstance(algorithm);
        signature.initSign(key);
        signature.update(VERSION_0);
        var signed = signature.sign();
        signature.initVerify(certified);
        signature.update(VERSION_0);
        try {
            return signature.verify(signed);
        } catch (SignatureException e) {
            // As of a signature that is longer than the other key.
            return false;
        }
    }

    /** PKCS#8 of a bare key: version, kind of key, the key (RFC 5208); the kind is written as in a public key (RFC 5280). */
    private static byte[] wrapped(byte[] bare, PublicKey certified) {
        byte[] publicKey = certified.getEncoded();
        int begin = contentOf(publicKey, 0);
        int end = contentOf(publicKey, begin) + lengthOf(publicKey, begin);
        byte[] kind = Arrays.copyOfRange(publicKey, begin, end);
        ByteArrayOutputStream parts = new ByteArrayOutputStream();
        parts.writeBytes(VERSION_0);
        parts.writeBytes(kind);
        parts.writeBytes(element(OCTET_STRING, bare));
        return element(SEQUENCE, parts.toByteArray());
    }

    /** Where the content of the DER element at a place begins. */
    private static int contentOf(byte[] der, int place) {
        int first = der[place + 1] & 0xff;
        return place + 2 + (first < LONG_LENGTH ? 0 : first - LONG_LENGTH);
    }

    private static int lengthOf(byte[] der, int place) {
        int first = der[place + 1] & 0xff;
        if (first < LONG_LENGTH) {
            return first;
        }
        int length = 0;
        for (int i = place + 2; i < contentOf(der, place); i++) {
            length = (length << 8) | (der[i] & 0xff);
        }
        return length;
    }

    private static byte[] element(int tag, byte[] content) {
        ByteArrayOutputStream element = new ByteArrayOutputStream();
        element.write(tag);
        if (content.length < LONG_LENGTH) {
            element.write(content.length);
        } else {
            element.write(LONG_LENGTH + 3);
            element.write(content.length >> 16);
            element.write(content.length >> 8);
            element.write(content.length);
        }
        element.writeBytes(content);
        return element.toByteArray();
    }
}
