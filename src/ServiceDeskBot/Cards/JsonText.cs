using System.Buffers;
using System.Text.Json;

namespace ServiceDeskBot.Cards;

/// <summary>JSON written straight to the bytes that are sent. A tree of nodes in between is most of what a card costs.</summary>
internal static class JsonText
{
    private const int UsualSize = 4096;

    // Room that is not kept for a few cards of a size that nobody sees often.
    private const int MostKept = 256 * 1024;

    [ThreadStatic]
    private static (Utf8JsonWriter Json, ArrayBufferWriter<byte> Room)? idle;

    /// <summary>One object, ASCII only (everything else is escaped).</summary>
    /// <param name="write">Writes its members.</param>
    public static byte[] Object(Action<Utf8JsonWriter> write)
    {
        var (json, room) = idle ?? New();

        // Whoever writes another one meanwhile, or fails, does not meet this one half written.
        idle = null;
        json.WriteStartObject();
        write(json);
        json.WriteEndObject();
        json.Flush();
        var bytes = room.WrittenSpan.ToArray();
        if (room.Capacity <= MostKept)
        {
            room.ResetWrittenCount();
            json.Reset();
            idle = (json, room);
        }

        return bytes;
    }

    private static (Utf8JsonWriter Json, ArrayBufferWriter<byte> Room) New()
    {
        var room = new ArrayBufferWriter<byte>(UsualSize);
        return (new Utf8JsonWriter(room), room);
    }
}
