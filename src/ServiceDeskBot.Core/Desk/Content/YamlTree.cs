using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace ServiceDeskBot.Core.Desk.Content;

/// <summary>A piece of YAML that knows its line. Keys may stand twice in a map: that is reported, not thrown.</summary>
internal abstract record YamlNode(int Line)
{
    public sealed record Text(int Line, string Value) : YamlNode(Line);

    public sealed record List(int Line, IReadOnlyList<YamlNode> Items) : YamlNode(Line);

    public sealed record Map(int Line, IReadOnlyList<(Text Key, YamlNode Value)> Pairs) : YamlNode(Line);
}

/// <summary>Reads one YAML document into nodes.</summary>
internal static class YamlTree
{
    /// <summary>The map at the top of the text; empty for an empty text, <c>null</c> after a fault.</summary>
    /// <param name="firstLine">The line of the file on which <paramref name="yaml"/> begins.</param>
    public static YamlNode.Map? Read(DeskDraft draft, string file, string yaml, int firstLine = 1)
    {
        var parser = new Parser(new StringReader(yaml));
        try
        {
            parser.Consume<StreamStart>();
            if (!parser.TryConsume<DocumentStart>(out _))
            {
                return new YamlNode.Map(firstLine, []);
            }

            var top = Node(parser, firstLine - 1);
            if (top is YamlNode.Map map)
            {
                return map;
            }

            draft.Fault(new Place(file, top.Line), "this is not a list of keys with values", "key: value");
        }
        catch (YamlException fault)
        {
            Unreadable(fault.Start.Line, fault.Message);
        }
        catch (InvalidOperationException)
        {
            // The scanner throws this for a bracket that is never closed; the last piece it read is the nearest place known.
            Unreadable(parser.Current?.End.Line ?? 1, "a bracket or quote is not closed");
        }

        return null;

        void Unreadable(long line, string why) =>
            draft.Fault(new Place(file, (int)line + firstLine - 1), $"this is not readable as YAML ({why.TrimEnd('.')})", "YAML, indented with spaces");
    }

    private static YamlNode Node(Parser parser, int before)
    {
        if (parser.TryConsume<Scalar>(out var scalar))
        {
            return new YamlNode.Text(LineOf(scalar, before), scalar.Value.Trim());
        }

        if (parser.TryConsume<SequenceStart>(out var sequence))
        {
            var items = new List<YamlNode>();
            while (!parser.TryConsume<SequenceEnd>(out _))
            {
                items.Add(Node(parser, before));
            }

            return new YamlNode.List(LineOf(sequence, before), items);
        }

        if (parser.TryConsume<MappingStart>(out var mapping))
        {
            var pairs = new List<(YamlNode.Text, YamlNode)>();
            while (!parser.TryConsume<MappingEnd>(out _))
            {
                var key = parser.Consume<Scalar>();
                pairs.Add((new YamlNode.Text(LineOf(key, before), key.Value), Node(parser, before)));
            }

            return new YamlNode.Map(LineOf(mapping, before), pairs);
        }

        var other = parser.Current!;
        throw new YamlException(other.Start, other.End, "references to other places (*name) are not read here; write it out");
    }

    private static int LineOf(ParsingEvent part, int before) => (int)part.Start.Line + before;
}
