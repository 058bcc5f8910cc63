-- Which texts has a hand judged?
SELECT report, node FROM kept_texts SEMI JOIN decided_voices USING (report)
UNION
SELECT report, node FROM fresh_voice_texts SEMI JOIN decided_voices USING (report)
