package io.weir.edge.policy;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipalNotFoundException;

/** The file of a socket that we listen on: who may connect, and what may not be replaced. Netty deletes it when it is closed. */
final class UnixSocket {
    /** The MTA's own group may connect, nobody else. */
    private static final String MODE = "rw-rw----";

    private final Path path;

    UnixSocket(Path path) {
        this.path = path;
    }

    /**
     * To be asked before binding, which deletes what is there: a socket that a killed edge left behind may go, nothing else.
     *
     * @throws PolicyServerException when somebody listens there, or it is no socket
     */
    void requireFree() {
        if (Files.isRegularFile(path) || Files.isDirectory(path)) {
            throw new PolicyServerException(path + " is there and is no socket", null);
        }
        if (Files.exists(path, LinkOption.NOFOLLOW_LINKS) && isAnswered()) {
            throw new PolicyServerException(
                    "somebody listens on socket " + path + " already; is an edge running?", null);
        }
    }

    private boolean isAnswered() {
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(path))) {
            return channel.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * It is bound: lets the group in and nobody else.
     *
     * @param group name; empty for this user's own
     * @throws PolicyServerException when there is no such group, or it is not ours to give to
     */
    void made(String group) {
        try {
            if (!group.isEmpty()) {
                give(group);
            }
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(MODE));
        } catch (IOException e) {
            throw new PolicyServerException("socket " + path + " cannot be made: " + e, e);
        }
    }

    private void give(String name) throws IOException {
        try {
            GroupPrincipal group =
                    path.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByGroupName(name);
            Files.getFileAttributeView(path, PosixFileAttributeView.class).setGroup(group);
        } catch (UserPrincipalNotFoundException e) {
            throw new PolicyServerException("there is no group " + name + " for socket " + path, e);
        } catch (FileSystemException e) {
            throw new PolicyServerException(
                    "socket " + path + " cannot be given to group " + name + ": user " + System.getProperty("user.name")
                            + " must be a member of it (usermod -aG " + name + " "
                            + System.getProperty("user.name") + ")",
                    e);
        }
    }
}
