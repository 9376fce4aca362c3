// A plugin for Haraka 3: asks Weir at each recipient, and tells it of each message that was taken. deploy/mta/README.md says how to put it in.
//
// It works in rcpt_ok, which Haraka runs when another plugin has taken the recipient: a throttled client that guesses recipients is still told 550.
// queue_ok runs when a queue has taken the message, and not before.
//
// Each SMTP session that gets so far has one connection to Weir, as with Postfix: its end is the end of the session.

const net = require('node:net')
const DSN = require('haraka-dsn')

const PATIENCE_MS = 2000
const NOBODY_ANSWERS = 'DUNNO'

const sockets = new WeakMap()

exports.register = function () {
    this.load_weir_ini()
    // First of all in each hook that another plugin may end.
    this.register_hook('mail', 'mail', -100)
    this.register_hook('rcpt_ok', 'recipient', -100)
    this.register_hook('queue_ok', 'taken', -100)
    this.register_hook('disconnect', 'over', -100)
}

exports.load_weir_ini = function () {
    const main = this.config.get('weir.ini', () => this.load_weir_ini()).main
    this.server = main.socket ? { path: main.socket } : { host: main.host || '127.0.0.1', port: main.port || 10451 }
}

// Of the session, not of a recipient: the relay plugin says "relaying" of mail from anybody, too, when it is for certain domains.
exports.mail = (next, connection) => {
    connection.transaction.notes.weir_ours = connection.relaying
    next()
}

exports.recipient = function (next, connection, recipient) {
    if (this.is_ours(connection)) return next()
    const question = { protocol_state: 'RCPT', ...envelope(connection), recipient: address(recipient), ...tls(connection) }
    this.ask(connection, question, (action) => this.obey(action, next, connection))
}

exports.taken = function (next, connection) {
    if (!connection.transaction || this.is_ours(connection)) return next()
    const { rcpt_to, data_bytes } = connection.transaction
    const question = {
        protocol_state: 'END-OF-MESSAGE',
        ...envelope(connection),
        recipient_count: rcpt_to.length,
        size: data_bytes,
    }
    this.ask(connection, question, () => next())
}

exports.over = (next, connection) => {
    sockets.get(connection)?.destroySoon()
    next()
}

exports.is_ours = (connection) =>
    connection.transaction.notes.weir_ours || connection.notes.auth_user || connection.remote.is_local

exports.obey = function (action, next, connection) {
    const refusal = /^([45]\d\d) [45]\.(\d+)\.(\d+) (.*)$/.exec(action)
    if (!refusal) {
        if (action.startsWith('WARN ')) connection.lognotice(this, action.slice('WARN '.length))
        return next()
    }
    connection.lognotice(this, action)
    const [, code, subject, detail, text] = refusal
    // As plain text it would get Haraka's own code.
    next(code.startsWith('5') ? DENY : DENYSOFT, DSN.create(Number(code), text, Number(subject), Number(detail)))
}

// Calls back once, with what Weir says; when it says nothing in time, with what lets mail pass.
exports.ask = function (connection, question, answered) {
    const socket = this.socket_of(connection)
    let said = ''
    const finish = (action) => {
        clearTimeout(timer)
        socket.off('data', hear).off('close', fail)
        answered(action)
    }
    const hear = (data) => {
        said += data
        if (said.endsWith('\n\n')) finish(said.trim().replace(/^action=/, ''))
    }
    const fail = () => {
        connection.logwarn(this, 'Weir does not answer: mail passes')
        // What is said later would be taken for the answer to the next question.
        socket.destroy()
        finish(NOBODY_ANSWERS)
    }
    const timer = setTimeout(fail, PATIENCE_MS)
    socket.on('data', hear).on('close', fail)
    socket.write(`request=smtpd_access_policy\n${lines(question)}\n`)
}

exports.socket_of = function (connection) {
    const known = sockets.get(connection)
    if (known?.writable) return known
    const socket = net.connect({ ...this.server, noDelay: true })
    socket.setEncoding('latin1')
    // "close" follows, and is what counts; unheard, an error ends Haraka.
    socket.on('error', (error) => connection.logdebug(this, `Weir: ${error.message}`))
    sockets.set(connection, socket)
    return socket
}

// What a client says gets into a question without control characters: a newline in it would be a line of its own, which could claim another
// client_address or a user name.
function lines(question) {
    return Object.entries(question)
        .map(([name, value]) => `${name}=${String(value ?? '').replace(/\p{Cc}/gu, '?')}\n`)
        .join('')
}

function envelope(connection) {
    return {
        instance: `haraka.${connection.transaction.uuid}`,
        client_address: connection.remote.ip,
        helo_name: connection.hello.host,
        sender: address(connection.transaction.mail_from),
        sasl_username: connection.notes.auth_user,
    }
}

// A property; in Haraka 3.1.1 and older a method.
function address(it) {
    return typeof it.address === 'function' ? it.address() : it.address
}

// A certificate's name counts when Haraka has verified the certificate. It is told as xtext, as Postfix does it.
function tls(connection) {
    const { enabled, cipher, verified, peerCertificate } = connection.tls
    const name = enabled && verified === true ? peerCertificate?.subject?.CN : undefined
    return {
        encryption_protocol: enabled ? cipher?.version || 'TLS' : '',
        ccert_subject: typeof name === 'string' ? name.replace(/\+/g, '+2B') : '',
    }
}
