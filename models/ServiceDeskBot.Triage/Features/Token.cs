namespace ServiceDeskBot.Triage.Features;

/// <summary>What a stretch of a message is. Everything but a word also counts by its shape, so that two error codes look alike.</summary>
internal enum TokenKind { Word, Number, Code, Url, Email, Host, Path, Mark }

/// <summary>A stretch of the folded text.</summary>
internal readonly record struct Token(int Start, int Length, TokenKind Kind);
